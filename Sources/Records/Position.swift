/// A place in the input or in a recipe: what a message needs so that a person can go there.
///
/// Everything but `file` is optional; parsers that see only bytes leave `file` empty, and the
/// context is filled in as the error rises (`within(file:entry:)`).
package struct Position: Sendable, Hashable {
  /// The file as the user named it.
  package var file: String?
  /// The entry inside the archive, escaped for printing.
  package var entry: String?
  /// The record's 1-based number inside the entry.
  package var record: Int?
  /// The 1-based line.
  package var line: Int?
  /// The 1-based column, in Unicode code points for text and in bytes for binary formats.
  package var column: Int?
  /// The 0-based offset in decompressed bytes.
  package var byteOffset: Int?

  package init(
    file: String? = nil, entry: String? = nil, record: Int? = nil, line: Int? = nil,
    column: Int? = nil, byteOffset: Int? = nil
  ) {
    self.file = file
    self.entry = entry
    self.record = record
    self.line = line
    self.column = column
    self.byteOffset = byteOffset
  }

  /// The same place, with file and entry filled in where they are still unknown.
  package func within(file: String?, entry: String? = nil) -> Position {
    var position = self
    position.file = position.file ?? file
    position.entry = position.entry ?? entry
    return position
  }
}

extension Position: CustomStringConvertible {
  /// The place in the form `file[entry]:line:column`, or `file[entry]: record 7`.
  package var description: String {
    var text = file ?? ""
    if let entry, entry != file { text += "[\(entry)]" }
    if let line {
      text += ":\(line)"
      if let column { text += ":\(column)" }
      if let record { text += " (record \(record))" }
    } else if let record {
      text += ": record \(record)"
    } else if let byteOffset {
      text += ": byte \(byteOffset)"
    }
    return text
  }
}
