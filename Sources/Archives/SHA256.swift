import CCrypto
import Glibc

/// A running SHA-256 over bytes as they pass, such as those of an output file.
package final class SHA256 {
  private let context: OpaquePointer?

  package init() {
    context = EVP_MD_CTX_new()
    let isReady = EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
    precondition(isReady, "OpenSSL offers SHA-256 and has memory for its state")
  }

  deinit { EVP_MD_CTX_free(context) }

  package func update(_ bytes: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }

  package func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes(update) }

  /// The digest in lower-case hexadecimal; ends the hash, which takes no more bytes.
  package func finalize() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(context, &digest, nil)
    return Self.hexadecimal(digest)
  }

  /// The digest of bytes that are all there.
  package static func hex(of bytes: [UInt8]) -> String {
    let hash = SHA256()
    hash.update(bytes)
    return hash.finalize()
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}

/// Digests of files on disk.
package enum FileDigest {
  /// The SHA-256 of a file's bytes and their count, read once.
  ///
  /// - Parameter displayPath: what messages call the file.
  package static func sha256(
    path: String, displayPath: String? = nil
  ) throws(ArchiveError) -> (hex: String, bytes: Int) {
    let source = try FileSource(path: path, displayPath: displayPath ?? path)
    let hash = SHA256()
    var count = 0
    while let chunk = try source.next() {
      hash.update(chunk)
      count += chunk.count
    }
    return (hash.finalize(), count)
  }
}
