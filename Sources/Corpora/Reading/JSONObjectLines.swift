import Formats
import Records

/// Reads the objects of a JSON Lines file, as a whole or piece by piece.
struct JSONObjectLines {
  /// An object with its place.
  struct Line {
    let object: JSONNode
    /// The 1-based number of the line.
    let number: Int
    let byteOffset: Int
  }

  /// Calls `body` with each line's object; a line that is not valid JSON, or no object, is rejected as
  /// `malformed` with its place.
  ///
  /// - Throws: `JSONError` when a line is too long, or what `body` and the sink throw.
  static func read(
    _ entry: inout some EntryBytes, _ outlet: inout ReadingOutlet, into sink: ReadingSink,
    _ body: (Line, inout ReadingOutlet) throws -> Void
  ) throws {
    let path = entry.path
    try forEach(in: &entry) { try take($0, of: path, &outlet, into: sink, body) }
  }

  /// Calls `body` with a line's object, or rejects the line.
  static func take(
    _ line: Result<Line, Flaw>, of path: String, _ outlet: inout ReadingOutlet,
    into sink: ReadingSink, _ body: (Line, inout ReadingOutlet) throws -> Void
  ) throws {
    switch line {
    case .success(let line): try body(line, &outlet)
    case .failure(let flaw):
      try outlet.reject(
        "\(path)#\(outlet.ordinal)", .malformed, value: flaw.place, at: flaw.byteOffset, to: sink)
    }
  }

  /// Calls `body` with each line's object, and with the place of a line that has none.
  static func forEach(
    in entry: inout some EntryBytes, _ body: (Result<Line, Flaw>) throws -> Void
  ) throws {
    var lines = JSONObjectLines()
    try entry.forEachChunk { try lines.feed($0, body) }
    try lines.finish(body)
  }

  private var lines = JSONLines()

  /// Takes the next piece and calls `body` with every line that it ends.
  mutating func feed(
    _ chunk: UnsafeRawBufferPointer, _ body: (Result<Line, Flaw>) throws -> Void
  ) throws {
    try lines.feed(chunk) { try body(Self.parsed($0)) }
  }

  /// Calls `body` with the last line, when the stream did not end in a line feed.
  mutating func finish(_ body: (Result<Line, Flaw>) throws -> Void) throws {
    try lines.finish { try body(Self.parsed($0)) }
  }

  /// A line that holds no object.
  struct Flaw: Error {
    let place: String
    let byteOffset: Int
  }

  static func parsed(_ line: JSONLine) -> Result<Line, Flaw> {
    do throws(JSONError) {
      let object = try JSONDocument(parsing: line).root
      guard object.kind == .object else {
        return .failure(Flaw(place: "line \(line.number)", byteOffset: line.byteOffset))
      }
      return .success(Line(object: object, number: line.number, byteOffset: line.byteOffset))
    } catch {
      let place = "line \(error.line), column \(error.column)"
      return .failure(Flaw(place: place, byteOffset: line.byteOffset))
    }
  }
}
