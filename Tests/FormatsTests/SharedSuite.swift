import Glibc

/// The conformance suites beside the repository, which a checkout may lack.
enum SharedSuite {
  /// Where they are: `MATERIA_SHARED`, or `shared` next to the package.
  static let root: String = {
    if let path = getenv("MATERIA_SHARED") { return String(cString: path) }
    let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(package)/../shared"
  }()

  static func path(_ suite: String) -> String { "\(root)/conformance/\(suite)" }

  static func exists(_ suite: String) -> Bool { access(path(suite), R_OK) == 0 }

  /// The bytes of a file; nil when it cannot be read.
  static func bytes(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&piece, 1, piece.count, file)
      guard count > 0 else { return bytes }
      bytes.append(contentsOf: piece[..<count])
    }
  }

  /// The paths below a folder of the suite with one of these endings, sorted.
  static func files(_ folder: String, endings: [String]) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var found: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard !name.hasPrefix(".") else { continue }
      let path = "\(folder)/\(name)"
      if Int32(entry.pointee.d_type) == DT_DIR { found += files(path, endings: endings) }
      if endings.contains(where: name.hasSuffix) { found.append(path) }
    }
    return found.sorted()
  }
}
