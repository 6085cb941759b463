import Foundation

/// A folder of files that a test makes and that goes with it.
///
/// ```swift
/// let folder = try TemporaryFolder(["in/a.csv": "question,answer\na,b\n"])
/// let path = folder("in/a.csv")
/// ```
package final class TemporaryFolder: Sendable {
  package let path: String

  package init(_ files: [String: String] = [:]) throws {
    let url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "materia-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
    for (name, text) in files { try write(text, to: name) }
  }

  deinit {
    // A test may have taken away the right to write; it is needed to clean up.
    chmod(path, 0o700)
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of a file of the folder.
  package func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, and the folders on its way; returns its path.
  @discardableResult
  package func write(_ bytes: [UInt8], to name: String) throws -> String {
    let url = URL(filePath: self(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return url.path
  }

  @discardableResult
  package func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  package func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: self(name))
  }

  package func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: self(name), withIntermediateDirectories: true)
  }

  /// A file's bytes; empty when there is none.
  package func bytes(of name: String) -> [UInt8] { FolderContent.bytes(of: self(name)) }

  package func text(of name: String) -> String { String(decoding: bytes(of: name), as: UTF8.self) }

  package func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: self(name)) }

  /// The names in the folder, or in one below it, sorted; hidden ones too.
  package func names(in name: String = "") -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: self(name))) ?? []).sorted()
  }

  /// The permission bits of a file or folder.
  package func mode(of name: String) -> UInt16? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: self(name))
    return (attributes?[.posixPermissions] as? NSNumber)?.uint16Value
  }
}

/// What lies in a folder, for comparing one output with another.
package enum FolderContent {
  package static func bytes(of path: String) -> [UInt8] {
    FileManager.default.contents(atPath: path).map { Array($0) } ?? []
  }

  /// Every file below a folder: its path from there, and its bytes.
  package static func files(in folder: String) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for path in FileManager.default.enumerator(atPath: folder) ?? .init() {
      guard let path = path as? String else { continue }
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder)
      if !isFolder.boolValue { files[path] = bytes(of: "\(folder)/\(path)") }
    }
    return files
  }
}
