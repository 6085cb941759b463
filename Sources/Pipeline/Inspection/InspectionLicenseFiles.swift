import Archives
import Glibc
import Records

/// Finds licence texts among an archive's entries and beside the archive.
struct InspectionLicenseFiles {
  let files: [InputFile]

  /// The longest text that is looked at; the GPL has 35 kB.
  private static let maximumBytes = 256 << 10
  /// Licence files beyond these say nothing new.
  private static let maximumFiles = 100

  /// Adds the licence files that lie in the same folders as the files.
  func add(to inspection: inout Inspection) {
    var seen: Set<String> = []
    for file in files {
      let folder = Self.folder(of: file.path)
      guard seen.insert(folder).inserted, inspection.licenses.count < Self.maximumFiles else {
        continue
      }
      for name in Self.names(in: folder).filter(InspectionLicense.isLicenseName).sorted() {
        guard let text = Self.text(at: "\(folder)/\(name)") else { continue }
        inspection.licenses.append(
          Inspection.LicenseFile(
            path: name, isInside: false, licenses: InspectionLicense.licenses(in: text)))
      }
    }
  }

  /// The licence texts of the given paths inside an archive.
  static func found(
    in file: InputFile, paths: [String], tally: ReadTally
  ) -> [Inspection.LicenseFile] {
    let members = MemberFilter(include: Array(paths.prefix(maximumFiles)))
    guard
      let archive = try? Archive.open(
        path: file.path, displayPath: file.displayPath, members: members, tally: tally)
    else { return [] }
    var found: [Inspection.LicenseFile] = []
    // Damage was told when the entries were sniffed.
    while found.count < maximumFiles, let entry = try? archive.nextEntry() {
      guard let text = text(of: entry) else { continue }
      found.append(
        Inspection.LicenseFile(
          path: entry.path, isInside: true, licenses: InspectionLicense.licenses(in: text)))
    }
    return found
  }

  private static func text(of entry: ArchiveEntry) -> [UInt8]? {
    var text: [UInt8] = []
    do {
      try entry.forEachChunk { chunk in
        text.append(contentsOf: chunk.prefix(maximumBytes - text.count))
      }
    } catch {
      return nil
    }
    return text
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: 0x2F) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if let name = String(validating: name, as: UTF8.self) { names.append(name) }
    }
    return names
  }

  /// The start of a regular file; nil for anything else.
  private static func text(at path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    var bytes = [UInt8](repeating: 0, count: min(Int(status.st_size), maximumBytes))
    let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    bytes.removeLast(bytes.count - max(0, count))
    return bytes
  }
}
