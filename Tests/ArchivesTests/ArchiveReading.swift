import Glibc
import Records
import TestSupport

@testable import Archives

/// A folder of its own for a test, removed with it.
final class ScratchFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/materia-archives-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw SystemFailure(code: errno) }
    path = String(cString: made)
  }

  deinit { Self.remove(path) }

  /// Writes a file, making the folders on its way, and returns its path on disk.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    makeFolders(for: name)
    let file = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard file >= 0 else { throw SystemFailure(code: errno) }
    defer { close(file) }
    guard Glibc.write(file, bytes, bytes.count) == bytes.count else {
      throw SystemFailure(code: errno)
    }
    return "\(path)/\(name)"
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  func link(_ name: String, to target: String) throws {
    makeFolders(for: name)
    guard symlink(target, "\(path)/\(name)") == 0 else { throw SystemFailure(code: errno) }
  }

  private func makeFolders(for name: String) {
    var folder = path
    for component in name.split(separator: "/").dropLast() {
      folder += "/\(component)"
      mkdir(folder, 0o700)
    }
  }

  private static func remove(_ path: String) {
    guard let directory = opendir(path) else {
      unlink(path)
      return
    }
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      let text = String(decoding: name, as: UTF8.self)
      guard text != ".", text != ".." else { continue }
      var status = stat()
      guard lstat("\(path)/\(text)", &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR { remove("\(path)/\(text)") }
      unlink("\(path)/\(text)")
    }
    closedir(directory)
    rmdir(path)
  }
}

struct SystemFailure: Error {
  let code: Int32
}

/// All that comes out of an archive.
struct Contents: Equatable {
  /// The paths of all entries, refused and damaged ones included.
  var paths: [String] = []
  /// The content of those that were read to the end, by path.
  var texts: [String: String] = [:]
  var byteCount = 0
  /// Why entries could not be read.
  var entryFailures: [ArchiveError] = []
  /// Why the archive could not be read further.
  var archiveFailures: [ArchiveError] = []
  var skipped: [SkippedEntry] = []
  var skippedCount = 0
  var warnings: [String] = []

  var problems: [ArchiveError.Problem] { (entryFailures + archiveFailures).map(\.problem) }
}

/// Reads bytes as a file of a name, wholly.
func contents(
  of bytes: [UInt8], named name: String = "input", limits: ArchiveLimits = ArchiveLimits(),
  members: MemberFilter = .all
) throws -> Contents {
  let folder = try ScratchFolder()
  let path = try folder.write(name, bytes)
  return try contents(ofFile: path, named: name, limits: limits, members: members)
}

/// Reads a file on disk wholly; texts are kept up to 1 MiB in all.
func contents(
  ofFile path: String, named name: String, limits: ArchiveLimits = ArchiveLimits(),
  members: MemberFilter = .all
) throws -> Contents {
  var contents = Contents()
  let archive = try Archive.open(path: path, displayPath: name, limits: limits, members: members)
  while true {
    do {
      guard let entry = try archive.nextEntry() else { break }
      contents.paths.append(entry.path)
      try contents.read(entry)
    } catch let error as ArchiveError {
      contents.archiveFailures.append(error)
    }
  }
  contents.skipped = archive.skipped.listed
  contents.skippedCount = archive.skipped.count
  contents.warnings = archive.warnings.map(\.message)
  return contents
}

extension Contents {
  fileprivate mutating func read(_ entry: ArchiveEntry) throws {
    var bytes: [UInt8] = []
    do {
      try entry.forEachChunk { chunk in
        byteCount += chunk.count
        if bytes.count < 1 << 20 { bytes.append(contentsOf: chunk) }
      }
      texts[entry.path] = String(decoding: bytes, as: UTF8.self)
    } catch let error as ArchiveError {
      entryFailures.append(error)
    }
  }
}

/// Text that does not compress well, of a length.
func noise(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt8(truncatingIfNeeded: state >> 33) & 0x3F + 0x30
  }
}
