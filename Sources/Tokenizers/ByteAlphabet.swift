/// GPT-2's way to write bytes as printable characters: byte-level vocabularies are written so.
struct ByteAlphabet {
  private let bytes: [UInt32: UInt8]

  init() {
    var bytes: [UInt32: UInt8] = [:]
    var spare: UInt32 = 256
    for byte in UInt8.min...UInt8.max {
      switch byte {
      case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: bytes[UInt32(byte)] = byte
      default:
        bytes[spare] = byte
        spare += 1
      }
    }
    self.bytes = bytes
  }

  /// The bytes that a token of the vocabulary stands for; nil when it has characters of no byte.
  func bytes(of token: String) -> [UInt8]? {
    var result: [UInt8] = []
    for scalar in token.unicodeScalars {
      guard let byte = bytes[scalar.value] else { return nil }
      result.append(byte)
    }
    return result
  }
}
