import Archives
import Emitters
import Formats
import Recipes

/// Makes the bytes of a file of rows, which come as JSON, an object a line.
protocol RowEncoder: AnyObject {
  /// The bytes that are due after whole lines were added; often none.
  func encode(_ lines: ArraySlice<UInt8>) throws -> [UInt8]

  /// The last bytes.
  func finish() throws -> [UInt8]
}

/// The rows as they come.
final class LineRowEncoder: RowEncoder {
  func encode(_ lines: ArraySlice<UInt8>) -> [UInt8] { Array(lines) }

  func finish() -> [UInt8] { [] }
}

/// The columns of Parquet.
final class ParquetRowEncoder: RowEncoder {
  private let writer: ParquetWriter

  init(_ writer: ParquetWriter) { self.writer = writer }

  func encode(_ lines: ArraySlice<UInt8>) throws -> [UInt8] {
    try RowLines.forEach(in: lines) { writer.append($0) }
    return writer.take()
  }

  func finish() -> [UInt8] { writer.finish() }
}

/// A sentence a line, and a blank line behind each row.
final class SentenceRowEncoder: RowEncoder {
  func encode(_ lines: ArraySlice<UInt8>) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try RowLines.forEach(in: lines) { row in
      for sentence in row["sentences"]?.elements.map({ $0 }) ?? [] {
        sentence.withUTF8 { bytes.append(contentsOf: $0) }
        bytes.append(0x0A)
      }
      bytes.append(0x0A)
    }
    return bytes
  }

  func finish() -> [UInt8] { [] }
}

/// A task document with an instance a line.
final class DocumentRowEncoder: RowEncoder {
  private let document: NaturalInstructionsDocument
  private var isEmpty = true

  init(_ document: NaturalInstructionsDocument) { self.document = document }

  func encode(_ lines: ArraySlice<UInt8>) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var json = JSONWriter()
    try RowLines.forEach(in: lines) { row in
      bytes += isEmpty ? document.head : NaturalInstructionsDocument.separator
      isEmpty = false
      NaturalInstructionsDocument.writeInstance(of: row, into: &json)
      bytes += json.take()
    }
    return bytes
  }

  func finish() -> [UInt8] { isEmpty ? [] : NaturalInstructionsDocument.tail }
}

/// What another encoder makes, packed by gzip.
final class GzipRowEncoder: RowEncoder {
  private let inner: any RowEncoder
  private let gzip: GzipWriter

  init(_ inner: any RowEncoder) throws {
    self.inner = inner
    gzip = try GzipWriter()
  }

  func encode(_ lines: ArraySlice<UInt8>) throws -> [UInt8] {
    try gzip.compress(inner.encode(lines)[...])
  }

  func finish() throws -> [UInt8] {
    try gzip.compress(inner.finish()[...]) + gzip.finish()
  }
}

/// How the rows of a file are written.
struct RowFileEncoding: Sendable {
  /// The ending of the file's name.
  let suffix: String
  let makeEncoder: @Sendable () throws -> any RowEncoder

  /// JSON lines, as all side files are.
  static let lines = RowFileEncoding(suffix: RowFileFormat.jsonl.suffix) { LineRowEncoder() }

  init(suffix: String, makeEncoder: @escaping @Sendable () throws -> any RowEncoder) {
    self.suffix = suffix
    self.makeEncoder = makeEncoder
  }

  /// The encoding of a part of a dialect's rows.
  init(of dialect: PlannedDialect, _ part: RowPart, _ plan: BuildPlan) {
    let (compression, features) = (dialect.compression, dialect.emitter.features)
    let document = dialect.format == .json ? plan.document(of: part) : nil
    suffix = dialect.format.suffix(compression)
    let format = dialect.format
    makeEncoder = {
      let encoder: any RowEncoder =
        switch format {
        case .jsonl: LineRowEncoder()
        case .text: SentenceRowEncoder()
        case .json: document.map(DocumentRowEncoder.init) ?? LineRowEncoder()
        case .parquet: ParquetRowEncoder(ParquetWriter(features, compression))
        }
      return compression == .gzip ? try GzipRowEncoder(encoder) : encoder
    }
  }
}

extension ParquetWriter {
  /// A writer of a dialect's columns.
  fileprivate convenience init(
    _ features: [Feature], _ compression: RowFileFormat.Compression
  ) {
    self.init(
      features.map(\.parquetField), Compression(rawValue: compression.rawValue) ?? .none,
      Notes(
        writer: "materia version \(BuildPipeline.version)",
        entries: [(HubFeatures.key, HubFeatures(features).text)]))
  }
}

extension BuildPlan {
  /// What the task document of a part says around its instances.
  fileprivate func document(of part: RowPart) -> NaturalInstructionsDocument? {
    guard let task = tasks[part.source]?.first(where: { $0.name == part.task }) else { return nil }
    return NaturalInstructionsDocument(
      part: part, task: task.description,
      language: sources.first { $0.name == part.source }?.language,
      contributor: recipe.publication.creator)
  }
}

/// Rows as JSON, an object a line.
enum RowLines {
  /// Calls `body` with each row.
  static func forEach(in lines: ArraySlice<UInt8>, _ body: (JSONNode) throws -> Void) throws {
    var reader = JSONLines(maximumLineBytes: .max)
    func take(_ line: JSONLine) throws { try body(try JSONDocument(parsing: line).root) }
    try lines.withUnsafeBytes { try reader.feed($0, take) }
    try reader.finish(take)
  }
}
