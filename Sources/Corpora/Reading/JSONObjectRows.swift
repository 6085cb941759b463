import Formats
import Records

/// Reads the rows of a file that is one JSON array or JSON Lines, whichever its first byte shows:
/// instruction corpora are passed around in both, under either extension.
struct JSONObjectRows {
  /// A row with its place.
  struct Row {
    let node: JSONNode
    /// The 1-based number among the rows, or the line's.
    let number: Int
    let byteOffset: Int

    /// A member that is text; empty when it is not there or null.
    ///
    /// - Throws: `RowProblem` when it is anything else.
    func text(_ name: String) throws -> String {
      guard let member = node[name], !member.isNull else { return "" }
      guard let text = member.string else { throw RowProblem(reason: .malformed, value: name) }
      return text
    }
  }

  /// Hands on the record of each row, or the reason why there is none.
  ///
  /// - Parameters:
  ///   - id: the row's id; a line that is no object is named by its place instead.
  ///   - record: throws `RowProblem` for a row that cannot be used; in a list, the row may be no object.
  static func read(
    _ entry: inout some EntryBytes, into sink: ReadingSink,
    id: (Row) -> String, record: (Row, String) throws -> Record
  ) throws {
    let path = entry.path
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      try forEach(in: &entry) { row in
        switch row {
        case .failure(let flaw):
          try outlet.reject(
            "\(path)#\(outlet.ordinal)", .malformed, value: flaw.place, at: flaw.byteOffset,
            to: sink)
        case .success(let row):
          let id = id(row)
          do {
            try outlet.pass(try record(row, id), at: row.byteOffset, to: sink)
          } catch let problem as RowProblem {
            try outlet.reject(
              id, problem.reason, value: problem.value, at: row.byteOffset, to: sink)
          }
        }
      }
    }
  }

  private typealias Body = (Result<Row, JSONObjectLines.Flaw>) throws -> Void

  private static func forEach(in entry: inout some EntryBytes, _ body: Body) throws {
    var start = FileStart()
    var items: Items?
    var lines: Lines?
    try entry.forEachChunk { chunk in
      guard items == nil, lines == nil else {
        try items?.feed(chunk, body)
        try lines?.feed(chunk, body)
        return
      }
      start.bytes.append(contentsOf: chunk)
      guard let first = start.firstSign else { return }
      if first == UInt8(ascii: "[") { items = Items() } else { lines = Lines() }
      try start.bytes.withUnsafeBytes {
        try items?.feed($0, body)
        try lines?.feed($0, body)
      }
      start.bytes = []
    }
    try items?.finish()
    try lines?.finish(body)
    // A shard of lines may be empty; a list has its brackets at least.
    guard items == nil, lines == nil, EntryName(entry.path).kind == "json" else { return }
    try Items().finish()
  }

  /// The bytes that were read before the form showed.
  private struct FileStart {
    var bytes: [UInt8] = []

    /// The first byte that is neither white space nor of a byte order mark.
    var firstSign: UInt8? {
      bytes.first { !TidyText.isSpace($0) && ![0xef, 0xbb, 0xbf].contains($0) }
    }
  }

  private struct Items {
    private var items = JSONItems()
    private var count = 0

    mutating func feed(_ chunk: UnsafeRawBufferPointer, _ body: Body) throws {
      try items.feed(chunk) { item in
        count += 1
        try body(
          .success(Row(node: item.value, number: count, byteOffset: item.byteOffset)))
      }
    }

    func finish() throws { try items.finish() }
  }

  private struct Lines {
    private var lines = JSONLines()

    mutating func feed(_ chunk: UnsafeRawBufferPointer, _ body: Body) throws {
      try lines.feed(chunk) { try body(Self.row($0)) }
    }

    mutating func finish(_ body: Body) throws {
      try lines.finish { try body(Self.row($0)) }
    }

    private static func row(_ line: JSONLine) -> Result<Row, JSONObjectLines.Flaw> {
      JSONObjectLines.parsed(line).map {
        Row(node: $0.object, number: $0.number, byteOffset: $0.byteOffset)
      }
    }
  }
}
