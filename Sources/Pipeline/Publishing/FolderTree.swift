import Glibc
import Records

/// What the pipeline does to whole folders.
enum FolderTree {
  /// A path's folder and last part; the folder of `name` is `.`.
  static func parentAndName(of path: String) -> (parent: String, name: String) {
    var parts = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    guard let name = parts.popLast() else { return ("/", "output") }
    let root = path.hasPrefix("/") ? "/" : ""
    let parent = root + parts.joined(separator: "/")
    return (parent.isEmpty ? "." : parent, name)
  }

  /// Makes a folder and the missing ones above it.
  static func create(_ path: String, mode: mode_t) throws {
    if mkdir(path, mode) == 0 || errno == EEXIST { return }
    guard errno == ENOENT else {
      throw PipelineError.system(operation: "create", path: path, code: errno)
    }
    try create(parentAndName(of: path).parent, mode: 0o755)
    guard mkdir(path, mode) == 0 || errno == EEXIST else {
      throw PipelineError.system(operation: "create", path: path, code: errno)
    }
  }

  /// Removes a folder with everything in it; one that is not there is fine.
  ///
  /// Links are not followed.
  static func remove(_ path: String) throws {
    for name in names(in: path) {
      let child = "\(path)/\(name)"
      if isFolder(child) { try remove(child) } else { unlink(child) }
    }
    guard rmdir(path) == 0 || errno == ENOENT else {
      throw PipelineError.system(operation: "remove", path: path, code: errno)
    }
  }

  /// Every file below a folder, by path relative to it, in byte order.
  static func files(in path: String) -> [String] {
    names(in: path).flatMap { name in
      isFolder("\(path)/\(name)")
        ? files(in: "\(path)/\(name)").map { "\(name)/\($0)" } : [name]
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  static func setModes(of path: String, folders: mode_t) throws {
    for name in names(in: path) where isFolder("\(path)/\(name)") {
      try setModes(of: "\(path)/\(name)", folders: folders)
    }
    guard chmod(path, folders) == 0 else {
      throw PipelineError.system(operation: "set the mode", path: path, code: errno)
    }
  }

  /// Returns when the disk has the lists of names of a folder and of all below it.
  static func syncAll(_ path: String) throws {
    for name in names(in: path) where isFolder("\(path)/\(name)") {
      try syncAll("\(path)/\(name)")
    }
    try sync(path)
  }

  /// Returns when the disk has the folder's list of names.
  static func sync(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw PipelineError.system(operation: "open", path: path, code: errno)
    }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else {
      throw PipelineError.system(operation: "write", path: path, code: errno)
    }
  }

  static func isEmptyFolder(_ path: String) -> Bool { isFolder(path) && names(in: path).isEmpty }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a folder, in no order; none when it cannot be read.
  static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }
}
