import Foundation
import Testing

@testable import Deidentification

@Suite struct ScannerSafetyTests {
  /// Pieces that rules look at, so that their odd neighbours come up often.
  private static let pieces = [
    "1", "12", "123", "1234", "12345", "99", "2024", "0", "00", "987654321", "/", "-", ".", ",",
    ":",
    "(", ")", "+", "@", "#", "'", "\"", "\n", " ", "  ", "st", "th", "of", "the", "Mar", "may",
    "March", "de", "on", "DOB", "MRN", "ID", "SSN", "no", "Tel", "fax", "x", "Street", "St", "Dr",
    "Apt", "Box", "P", "O", "rue", "Calle", "C", "MA", "NY", "SW", "K", "A", "B", "year", "old",
    "yo",
    "www", "http", "://", "com", "a", "F", "GB", "ID:", "年", "月", "日", "令和", "歳", "番号", "電話",
    "住所", "東京都", "丁目", "〒", "\u{200B}", "５", "é", "º", "٣", "\u{301}", "🙂", "[**", "**]", "___",
  ]

  @Test func `no text of odd pieces traps, and what is found lies in it, in order, at characters`()
  {
    var state: UInt64 = 20_261_126
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let scanner = IdentifierScanner()
    for _ in 0..<4000 {
      let text = (0..<next(24)).map { _ in Self.pieces[next(Self.pieces.count)] }.joined()
      let bytes = Array(text.utf8)
      var end = 0
      for identifier in scanner.identifiers(in: text) {
        let range = identifier.range
        #expect(range.lowerBound >= end && range.upperBound <= bytes.count && !range.isEmpty)
        #expect(bytes[range.lowerBound] & 0xC0 != 0x80)
        #expect(range.upperBound == bytes.count || bytes[range.upperBound] & 0xC0 != 0x80)
        end = range.upperBound
      }
    }
  }

  @Test(arguments: [
    "1-", "1 ", "a@", "a.", "Calle A ", "MRN ", "(1) ", "12/", "IV:", "東1", "Mar 1 ", "A1-",
  ])
  func `the time grows with the length, not with its square`(piece: String) {
    let scanner = IdentifierScanner()
    func seconds(_ count: Int) -> Double {
      let text = String(repeating: piece, count: count)
      let start = Self.threadSeconds()
      _ = scanner.identifiers(in: text)
      return Self.threadSeconds() - start
    }
    _ = seconds(100)
    let (short, long) = (seconds(400), seconds(3200))
    // Eight times the length: a square would be 64 times the time.
    #expect(long < 30 * short + 0.05)
  }

  /// The processor time of this thread, which other tests do not lengthen.
  private static func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
