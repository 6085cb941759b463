import Archives
import Emitters
import Glibc
import Records

/// A file of the output, as the manifest lists it.
struct WrittenFile: Sendable, Equatable {
  /// The path below the output folder.
  var path: String
  var sha256: String
  var byteCount: Int
  /// The rows of a file of rows; nil for others.
  var rows: Int?
  /// The split whose rows in a dialect a file holds; nil for others.
  var split: Split?
}

/// Writes the rows of one split in one dialect, in shards when the recipe asks for them.
///
/// Files appear with their first row, so that a split without rows has no file: loaders fail on
/// empty ones.
final class ShardWriter {
  private let root: String
  /// The path of the only shard without its extension, such as `messages/train`.
  private let stem: String
  private let shardRows: Int
  private let isSharded: Bool
  private let encoding: RowFileEncoding
  private let isPrivate: Bool
  private var open: Shard?
  private var finished: [WrittenFile] = []

  private struct Shard {
    var file: OutputFile
    var hash: SHA256
    var encoder: any RowEncoder
    var rows = 0

    /// Writes bytes as they are to stand in the file.
    func write(_ bytes: [UInt8]) throws {
      guard !bytes.isEmpty else { return }
      try bytes.withUnsafeBytes { buffer in
        hash.update(buffer)
        try file.write(buffer)
      }
    }
  }

  init(
    root: String, stem: String, shardRows: Int? = nil, encoding: RowFileEncoding = .lines,
    isPrivate: Bool
  ) {
    self.root = root
    self.stem = stem
    self.shardRows = shardRows ?? .max
    isSharded = shardRows != nil
    self.encoding = encoding
    self.isPrivate = isPrivate
  }

  /// Appends rows of JSON that each end with a newline.
  func append(_ bytes: [UInt8], rows: Int) throws {
    guard rows > 0 else { return }
    guard isSharded else { return try write(bytes[...], rows: rows) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let room = shardRows - (open?.rows ?? 0)
      let (piece, count) = Self.prefix(of: rest, rows: room)
      try write(piece, rows: count)
      rest = rest[piece.endIndex...]
      if open?.rows == shardRows { try closeShard() }
    }
  }

  /// Closes the last shard and gives all of them their final names.
  func finish() throws -> [WrittenFile] {
    try closeShard()
    guard isSharded else { return finished }
    for index in finished.indices {
      let name = "\(stem)-\(Self.padded(index))-of-\(Self.padded(finished.count))\(suffix)"
      let old = "\(root)/\(finished[index].path)"
      guard rename(old, "\(root)/\(name)") == 0 else {
        throw PipelineError.system(operation: "rename", path: old, code: errno)
      }
      finished[index].path = name
    }
    return finished
  }

  private var suffix: String { encoding.suffix }

  private func write(_ bytes: ArraySlice<UInt8>, rows: Int) throws {
    var shard = try open ?? openShard()
    shard.rows += rows
    try shard.write(shard.encoder.encode(bytes))
    open = shard
  }

  private func openShard() throws -> Shard {
    let name = isSharded ? "\(stem)-\(Self.padded(finished.count))\(suffix)" : stem + suffix
    try FolderTree.create(FolderTree.parentAndName(of: "\(root)/\(name)").parent, mode: 0o700)
    return Shard(
      file: try OutputFile(creating: "\(root)/\(name)", isPrivate: isPrivate), hash: SHA256(),
      encoder: try encoding.makeEncoder())
  }

  private func closeShard() throws {
    guard let shard = open else { return }
    open = nil
    try shard.write(shard.encoder.finish())
    try shard.file.close(isDurable: true)
    finished.append(
      WrittenFile(
        path: String(shard.file.path.dropFirst(root.count + 1)), sha256: shard.hash.finalize(),
        byteCount: shard.file.byteCount, rows: shard.rows))
  }

  /// The first `rows` lines, and how many there were.
  private static func prefix(of bytes: ArraySlice<UInt8>, rows: Int) -> (ArraySlice<UInt8>, Int) {
    var end = bytes.startIndex
    var count = 0
    while count < rows, end < bytes.endIndex {
      guard let newline = bytes[end...].firstIndex(of: 0x0A) else { return (bytes, count + 1) }
      end = newline + 1
      count += 1
    }
    return (bytes[..<end], count)
  }

  private static func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 5 - digits.utf8.count)) + digits
  }
}
