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

  /// The names that a tokenizer has in a model's folder.
  private static let names = ["tokenizer.json", "tokenizer.model"]

  /// The tokenizer's file in a model's folder; the path itself when it holds none.
  private static func file(at path: String) -> String {
    names.map { "\(path)/\($0)" }.first { FileSize.of($0) > 0 } ?? path
  }

  /// Larger files are no tokenizers.
  private static let maximumBytes = 256 << 20

  /// Reads a tokenizer's file, or that of a model's folder.
  ///
  /// - Throws: a `Diagnostic` that names the file and what of it is not supported.
  init(path given: String) throws {
    let path = Self.file(at: given)
    name = FolderTree.parentAndName(of: path).name
    self.path = path
    byteCount = FileSize.of(path)
    guard byteCount > 0 else {
      throw Diagnostic(
        "the tokenizer '\(name)' cannot be read",
        hint:
          "give its file or the model's folder with '--tokenizer PATH'; without 'tokenizer' lengths are estimated"
      )
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
