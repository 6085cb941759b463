import Emitters
import Formats

/// Makes JSON lines of the bytes of a file of rows, piece by piece: the way back of `RowEncoder`.
protocol RowDecoder {
  /// The lines that are due after bytes were added.
  mutating func decode(_ bytes: UnsafeRawBufferPointer) throws -> [UInt8]

  /// The last lines.
  mutating func finish() throws -> [UInt8]
}

/// The rows as they come.
struct LineRowDecoder: RowDecoder {
  func decode(_ bytes: UnsafeRawBufferPointer) -> [UInt8] { Array(bytes) }

  func finish() -> [UInt8] { [] }
}

/// Sentences, a row ending at each blank line.
struct SentenceRowDecoder: RowDecoder {
  private var lines = TextLineCutter()
  private var sentences: [String] = []

  mutating func decode(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    take(lines.cut(bytes))
  }

  mutating func finish() -> [UInt8] {
    // The last row may lack its blank line.
    take([lines.rest(), ""])
  }

  private mutating func take(_ lines: [String]) -> [UInt8] {
    var json = JSONWriter()
    for line in lines {
      if !line.isEmpty {
        sentences.append(line)
      } else if !sentences.isEmpty {
        json.beginObject()
        json.key("sentences")
        json.beginArray()
        for sentence in sentences { json.string(sentence) }
        json.endArray()
        json.endObject()
        json.newline()
        sentences.removeAll()
      }
    }
    return json.take()
  }
}

/// The instances of a task document, one a line.
struct DocumentRowDecoder: RowDecoder {
  private let task: String
  private var lines = TextLineCutter()
  private var head: JSONDocument?

  /// - Parameter task: what rows call the task.
  init(task: String) { self.task = task }

  mutating func decode(_ bytes: UnsafeRawBufferPointer) throws -> [UInt8] {
    try take(lines.cut(bytes))
  }

  mutating func finish() throws -> [UInt8] { try take([lines.rest()]) }

  private mutating func take(_ lines: [String]) throws -> [UInt8] {
    var json = JSONWriter()
    for line in lines where !line.isEmpty && line != "]}" {
      guard let head else {
        head = try JSONDocument(parsing: Array((line + "]}").utf8))
        continue
      }
      let text = line.hasSuffix(",") ? String(line.dropLast()) : line
      let instance = try JSONDocument(parsing: Array(text.utf8))
      NaturalInstructionsDocument.writeRow(
        of: instance.root, in: head.root, task: task, into: &json)
      json.newline()
    }
    return json.take()
  }
}

/// Cuts bytes into lines of text.
struct TextLineCutter {
  private var pending: [UInt8] = []

  /// The lines that end within the bytes, without their ends.
  mutating func cut(_ bytes: UnsafeRawBufferPointer) -> [String] {
    pending.append(contentsOf: bytes)
    guard let end = pending.lastIndex(of: 0x0A) else { return [] }
    let lines = pending[..<end].split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    pending.removeSubrange(...end)
    return lines
  }

  /// What stands behind the last line end.
  mutating func rest() -> String {
    defer { pending.removeAll() }
    return String(decoding: pending, as: UTF8.self)
  }
}

/// The rows of a Parquet file as JSON lines.
struct ParquetRowDecoder {
  private var rows: ParquetRowReader
  private static let pieceBytes = 1 << 20

  init(_ file: ParquetFile) { rows = file.rows() }

  /// The next lines; nil at the end.
  mutating func next() throws -> [UInt8]? {
    var json = JSONWriter()
    while json.bytes.count < Self.pieceBytes, let row = try rows.next() {
      json.value(row.object)
      json.newline()
    }
    return json.bytes.isEmpty ? nil : json.take()
  }
}
