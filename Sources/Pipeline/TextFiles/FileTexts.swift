import Archives
import Formats
import Glibc
import Records

/// The texts of files of any kind, one after another, to be looked at or rewritten.
///
/// Plain text comes in pieces, JSON value by value with keys and long numbers, tables cell by cell.
/// Memory is bounded by a piece, a line, a row, or the largest JSON document that is taken as one.
struct FileTexts {
  var form = TextFileForm.auto
  /// The fields or columns that are taken; all when empty.
  var fields: Set<String> = []
  /// The field or column with the key of the patient.
  var patient: String?
  /// The fields and columns that must be there, in a fixed order.
  var named: [String] { fields.sorted() + (patient.map { [$0] } ?? []) }
  /// Finds the identifiers of a text: for names of fields that are not to be told, and for long lines
  /// that must not be cut through one.
  var identifiers: (String) -> [Range<Int>] = { _ in [] }

  /// A text with its place.
  struct Text {
    var text: String
    /// The 1-based line that it, or its row, begins on.
    var line: Int
    /// The field or column that it is of; nil for plain text.
    var field: String?
    /// What tells one patient's texts from another's, as far as known: a key, or the row.
    var patient: String
  }

  /// Calls `edit` with every text of an entry; writes the entry with what it returns to `output`.
  ///
  /// - Parameter tell: Takes what is odd, and what cannot be read; reading goes on when it returns.
  func visit(
    _ entry: inout some EntryBytes, edit: (Text) throws -> String,
    tell: (Diagnostic) throws -> Void, output: (([UInt8]) throws -> Void)?
  ) throws {
    let path = entry.path
    try withoutActuallyEscaping(edit) { edit in
      try withoutActuallyEscaping(tell) { tell in
        let visit = FileVisit(texts: self, path: path, edit: edit, tell: tell, output: output)
        try entry.forEachChunk { try visit.take($0) }
        try visit.finish()
      }
    }
  }

  /// The path as a person finds it: from the current folder.
  static func shownPath(of file: InputFile) -> String {
    file.path.hasPrefix("./") ? String(file.path.dropFirst(2)) : file.path
  }
}

/// Standard input as an entry.
struct StandardInput: EntryBytes {
  let path = "-"
  let archive = ""

  mutating func forEachChunk(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw PipelineError.system(operation: "read", path: "standard input", code: errno)
      }
      guard count > 0 else { return }
      try buffer.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
  }
}
