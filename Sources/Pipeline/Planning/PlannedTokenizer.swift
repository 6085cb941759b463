import Archives
import Records
import Tokenizers

/// The base model's own tokenizer, read from its file.
struct PlannedTokenizer: Sendable {
  /// The file's name without its folder, which is the machine's.
  let name: String
  let path: String
  let sha256: String
  let byteCount: Int
  let tokenizer: Tokenizer

  /// Larger files are no tokenizers.
  private static let maximumBytes = 256 << 20

  /// Reads a tokenizer's file.
  ///
  /// - Throws: a `Diagnostic` that names the file and what of it is not supported.
  init(path: String) throws {
    name = FolderTree.parentAndName(of: path).name
    self.path = path
    byteCount = FileSize.of(path)
    guard byteCount > 0 else {
      throw Diagnostic(
        "the tokenizer '\(name)' cannot be read",
        hint: "give its place with '--tokenizer PATH'; without 'tokenizer' lengths are estimated")
    }
    guard byteCount <= Self.maximumBytes else {
      throw Diagnostic("the tokenizer '\(name)' has more than \(Self.maximumBytes) bytes")
    }
    let bytes = try FileRange.bytes(of: path, offset: 0, count: byteCount)
    sha256 = SHA256.hex(of: bytes)
    do {
      tokenizer = try Tokenizer(parsing: bytes)
    } catch {
      let problem = error.diagnostic
      throw Diagnostic("'\(name)': \(problem.message)", hint: problem.hint)
    }
  }
}
