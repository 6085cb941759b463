import Formats
import Records

extension EntryBytes {
  /// The folders that the entry lies in: of a member, its archive first; of a bare file, those of the
  /// source.
  var placeFolders: [String] {
    let folders = EntryName(path).folders
    // A bare file is its own archive, whose name may bear a compression's extension as well.
    let isBare = archive == path || archive.hasPrefix(path + ".")
    return isBare ? folders : archive.split(separator: "/").map(String.init) + folders
  }

  /// What files that belong together share: their folders and their name up to the last extension.
  var placeWithoutExtension: String {
    (placeFolders + [EntryName(path).stem]).joined(separator: "/")
  }

  /// The whole entry as UTF-8 text, a byte order mark left out.
  ///
  /// - Throws: `TextError` at the first byte that is not UTF-8.
  mutating func wholeText() throws -> String {
    let text = try wholeMarkedText()
    return text.unicodeScalars.first == "\u{feff}" ? String(text.unicodeScalars.dropFirst()) : text
  }

  /// The whole entry as UTF-8 text, with its byte order mark.
  ///
  /// - Throws: `TextError` at the first byte that is not UTF-8.
  mutating func wholeMarkedText() throws -> String {
    let bytes = try allBytes(maximumBytes: 64 << 20)
    let bad = bytes.withUnsafeBytes { UnicodeValidation.firstInvalidOffset(in: $0) }
    if let bad { throw TextError(.invalidBytes, encoding: "UTF-8", at: Position(byteOffset: bad)) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
