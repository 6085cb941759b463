import Glibc

/// A folder of files that a test makes and that goes with it.
final class InspectionFolder {
  let path: String

  init(_ files: [String: String] = [:]) throws {
    var template = Array("/tmp/materia-inspection-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw Failure(code: errno) }
    path = String(cString: made)
    for (name, text) in files { try write(Array(text.utf8), to: name) }
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    guard let directory = opendir(path) else {
      unlink(path)
      return
    }
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { remove("\(path)/\(name)") }
    }
    closedir(directory)
    rmdir(path)
  }

  /// Writes a file, and the folder of its name.
  func write(_ bytes: [UInt8], to name: String) throws {
    if let slash = name.lastIndex(of: "/") { mkdir("\(path)/\(name[..<slash])", 0o700) }
    guard let file = fopen("\(path)/\(name)", "w") else { throw Failure(code: errno) }
    defer { fclose(file) }
    fwrite(bytes, 1, bytes.count, file)
  }

  /// The path of a file of the folder.
  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  struct Failure: Error { var code: Int32 }
}

/// The bytes of a file that comes with the package.
func bytes(ofSample name: String) throws -> [UInt8] {
  guard let file = fopen(samplePath(name), "r") else {
    throw InspectionFolder.Failure(code: errno)
  }
  defer { fclose(file) }
  var bytes = [UInt8](repeating: 0, count: 1 << 20)
  bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, file))
  return bytes
}

/// The path of an archive in `Recipes/samples`.
func samplePath(_ name: String) -> String { packagePath("Recipes/samples/\(name)") }

/// The path of a reader's fixtures.
func fixturePath(_ name: String) -> String { packagePath("Tests/CorporaTests/Fixtures/\(name)") }

private func packagePath(_ path: String) -> String {
  let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  return "/\(root)/\(path)"
}
