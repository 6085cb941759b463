import Testing

@testable import Stages

struct WordScannerTests {
  private func hashes(_ text: String) -> [UInt64] {
    var text = text
    var hashes: [UInt64] = []
    text.withUTF8 { bytes in WordScanner.forEachWord(in: bytes) { hashes.append($0.hash) } }
    return hashes
  }

  @Test func `a word has one hash wherever it stands and however it is written`() {
    let words = ["a", "dose", "aspirin", "warfarin", "metformin", "hypercholesterolemia", "x1"]
    for word in words {
      let alone = hashes(word)
      #expect(alone.count == 1)
      // Near the end of the text bytes are read singly, elsewhere eight at a time.
      #expect(hashes("\(word.uppercased()), and much text behind it")[0] == alone[0])
      #expect(hashes("text before it: \(word)!").last == alone[0])
    }
  }

  @Test func `every byte of ASCII is part of a word or ends one`() {
    for byte in UInt8(0)..<128 {
      let character = String(Unicode.Scalar(byte))
      let isWord = character.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || byte &- 48 < 10
      }
      for pad in 0..<9 {
        let text = String(repeating: "b", count: pad) + character + "cc and so on and on"
        #expect(hashes(text).count == (isWord || pad == 0 ? 6 : 7), "byte \(byte) after \(pad)")
      }
    }
  }

  @Test func `letters beyond ASCII stay in their word`() {
    #expect(hashes("naïve naïveté").count == 2)
    #expect(hashes("naïve")[0] != hashes("nave")[0])
    #expect(hashes("naïve, and more text")[0] == hashes("naïve")[0])
    #expect(hashes("μg/mL").count == 2)
    #expect(hashes("5–10").count == 2)
  }
}
