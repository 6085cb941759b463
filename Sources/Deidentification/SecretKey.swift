import CCrypto
import Records

/// The secret by which pseudonyms and surrogates are made: HMAC-SHA256 with a key of the user's.
///
/// Who has the output and not the key cannot find an identifier by trying all, as they could with a
/// plain hash. The key is in no output; `check` tells one key from another and nothing else.
package struct SecretKey: Sendable {
  /// A shorter key could be tried out.
  package static let minimumBytes = 32
  package static let maximumBytes = 1 << 16

  private let bytes: [UInt8]

  /// Makes a key of a file's bytes, line ends at its end left out; nil when they are too few.
  package init?(_ bytes: [UInt8]) {
    var bytes = bytes[...]
    while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
    guard bytes.count >= Self.minimumBytes, Set(bytes).count >= 8 else { return nil }
    self.bytes = Array(bytes)
  }

  /// What tells whether another build had the same key: a MAC of a constant.
  package var check: String { Self.hexadecimal(mac("check", "").prefix(16)) }

  /// A name for an identifier that only the key's owner can connect with it: 20 hexadecimal digits.
  package func pseudonym(_ purpose: String, _ value: String) -> String {
    Self.hexadecimal(mac(purpose, value).prefix(10))
  }

  /// A number that the key decides for a value.
  package func number(_ purpose: String, _ value: String) -> UInt64 {
    mac(purpose, value).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The 32 bytes of the MAC; purposes keep uses of one value apart.
  package func mac(_ purpose: String, _ value: String) -> [UInt8] {
    let message = Array("materia/deidentify/1".utf8) + [0] + purpose.utf8 + [0] + value.utf8
    var digest = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 32
    let isDone = HMAC(
      EVP_sha256(), bytes, Int32(bytes.count), message, message.count, &digest, &length)
    precondition(isDone != nil && length == 32, "OpenSSL offers HMAC-SHA256")
    return digest
  }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
