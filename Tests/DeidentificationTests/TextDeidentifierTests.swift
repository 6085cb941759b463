import Foundation
import Records
import Testing

@testable import Deidentification

/// What is known, what the rules find and what stands there already are settled with each other.
@Suite struct TextDeidentifierTests {
  private static let known = KnownIdentifierMatcher([
    KnownIdentifier(.name, "Velka Dorquist"), KnownIdentifier(.name, "Tumira Garloon", person: 1),
  ])

  private func found(_ text: String, known: Bool = true) -> [String] {
    let bytes = Array(text.utf8)
    return TextDeidentifier().findings(in: text, known: known ? Self.known : nil).findings.map {
      "\($0.kind.rawValue) \(String(decoding: bytes[$0.range], as: UTF8.self)) \($0.value)"
    }
  }

  @Test func `what is known takes in what it overlaps, and keeps whose it is`() {
    #expect(
      found("Ms. Dorquist and Tumira Garloon; V. Dorquist, tel. 617-555-0142.") == [
        "NAME Dorquist person 0", "NAME Tumira Garloon person 1", "NAME V. Dorquist person 0",
        "PHONE 617-555-0142 6175550142",
      ])
  }

  @Test func `an address of the net with two known names is one address`() {
    #expect(
      found("See https://example.com/dorquist/garloon/9 now.").map { $0.split(separator: " ")[0] }
        == ["URL"])
  }

  @Test func `placeholders part what is found and stay`() {
    #expect(
      found("Mr. John ___ Smith [NAME_2] Dorquist [NAME_3]").allSatisfy { !$0.contains("_") })
    #expect(found("[NAME_2] Dorquist [NAME_3]") == ["NAME Dorquist person 0"])
  }

  @Test(arguments: [
    "Dorquist is ok. ", "Mr. John Smith ___ ate. ", "a.dorquist@example.com,",
  ])
  func `the time grows with the length, not with its square`(piece: String) {
    func seconds(_ count: Int) -> Double {
      let text = String(repeating: piece, count: count)
      let start = Self.threadSeconds()
      _ = TextDeidentifier().findings(in: text, known: Self.known)
      return Self.threadSeconds() - start
    }
    _ = seconds(100)
    let (short, long) = (seconds(1000), seconds(8000))
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
