import Formats

/// Tells the format of a file by its name or its first rows.
struct FormatDetection {
  let path: String

  /// How many rows are looked at until one has a known form.
  private static let rows = 20

  /// The format, by the first rows in the first piece of the file; nil when none is known.
  func format(of piece: [UInt8]) -> RowFormat? {
    if let side = RowFormat.sideFile(named: path) { return side }
    return piece.withUnsafeBytes { bytes in
      var rest = bytes[...]
      for _ in 0..<Self.rows where !rest.isEmpty {
        let end = rest.firstIndex(of: 0x0a) ?? rest.endIndex
        let line = UnsafeRawBufferPointer(rebasing: rest[..<end])
        rest = end < rest.endIndex ? rest[(end + 1)...] : rest[end...]
        guard let document = try? JSONDocument(parsing: line),
          let format = RowFormat.detected(in: document.root, path: path)
        else { continue }
        return format
      }
      return nil
    }
  }
}
