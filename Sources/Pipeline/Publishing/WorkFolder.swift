import CSystem
import Glibc
import Records

/// The folder that a build works in, beside the output it will become.
///
/// Everything is written to `.NAME.work` (mode 0700) in the output's parent folder and put in place by
/// one rename, so that the output is absent, old or new, and never half. A lock file, held by `flock`
/// and so freed by the kernel whatever happens to us, keeps two builds of one output apart.
final class WorkFolder {
  let path: String
  /// What becomes the output.
  let stagingPath: String
  /// The spill and the indexes, which never leave the work folder.
  let scratchPath: String
  private let outputPath: String
  private let lockPath: String
  private let lock: Int32

  /// Makes the folder, and its parent, after removing what a killed build left there.
  ///
  /// - Throws: `PipelineError.locked` when another build holds the output, `PipelineError.recipe` when
  ///   something that is no dataset is in its place.
  init(forOutput outputPath: String) throws {
    let (parent, name) = FolderTree.parentAndName(of: outputPath)
    self.outputPath = "\(parent)/\(name)"
    try Self.requireReplaceable(outputPath)
    try FolderTree.create(parent, mode: 0o755)
    lockPath = "\(parent)/.\(name).lock"
    lock = try Self.acquire(lockPath, output: outputPath)
    path = "\(parent)/.\(name).work"
    stagingPath = "\(path)/output"
    scratchPath = "\(path)/scratch"
    try FolderTree.remove(path)
    try FolderTree.create(path, mode: 0o700)
    try FolderTree.create(stagingPath, mode: 0o700)
    try FolderTree.create(scratchPath, mode: 0o700)
    Interruption.cleanUp(path, lockPath)
  }

  /// Makes a folder of its own below the system's temporary one, for runs that publish nothing.
  convenience init(temporaryFor name: String) throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    try self.init(forOutput: "\(parent)/materia-\(getpid())-\(name)")
  }

  /// Puts the finished folder in the output's place.
  func publish(isPrivate: Bool) throws {
    try FolderTree.setModes(of: stagingPath, folders: isPrivate ? 0o700 : 0o755)
    try FolderTree.syncAll(stagingPath)
    if access(outputPath, F_OK) == 0 {
      // Old and new change places in one step; the old one then lies in the work folder.
      guard materia_exchange(stagingPath, outputPath) == 0 else {
        throw PipelineError.system(operation: "replace", path: outputPath, code: errno)
      }
    } else if rename(stagingPath, outputPath) != 0 {
      throw PipelineError.system(operation: "publish", path: outputPath, code: errno)
    }
    try FolderTree.sync(FolderTree.parentAndName(of: outputPath).parent)
  }

  /// Removes the folder and frees the lock.
  func remove() {
    try? FolderTree.remove(path)
    unlink(lockPath)
    close(lock)
    Interruption.forget()
  }

  /// Refuses to replace what no build of ours made: `--output ~` must not cost a home folder.
  private static func requireReplaceable(_ path: String) throws {
    guard access(path, F_OK) == 0, access("\(path)/manifest.json", F_OK) != 0,
      !FolderTree.isEmptyFolder(path)
    else { return }
    throw PipelineError.recipe([
      Diagnostic(
        at: Position(file: path), "what is there is no dataset of materia",
        hint: "choose another '--output', or remove it yourself")
    ])
  }

  /// Takes the lock, or says who has it.
  ///
  /// A lock file that was removed between our opening and locking it locks nothing; then the next
  /// one is tried.
  private static func acquire(_ path: String, output: String) throws -> Int32 {
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else {
        throw PipelineError.system(operation: "create the lock", path: path, code: errno)
      }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        defer { close(descriptor) }
        throw PipelineError.locked(path: output, holder: holder(in: descriptor))
      }
      guard isStillInPlace(descriptor, path) else {
        close(descriptor)
        continue
      }
      ftruncate(descriptor, 0)
      let holder = Array("\(getpid())".utf8)
      write(descriptor, holder, holder.count)
      return descriptor
    }
  }

  private static func holder(in descriptor: Int32) -> Int? {
    var text = [UInt8](repeating: 0, count: 20)
    let count = read(descriptor, &text, text.count)
    return Int(String(decoding: text.prefix(max(0, count)), as: UTF8.self))
  }

  private static func isStillInPlace(_ descriptor: Int32, _ path: String) -> Bool {
    var opened = stat()
    var named = stat()
    guard fstat(descriptor, &opened) == 0, stat(path, &named) == 0 else { return false }
    return opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
  }
}
