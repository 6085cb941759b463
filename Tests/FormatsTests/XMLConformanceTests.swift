import Records
import Testing

@testable import Formats

struct XMLConformanceTests {
  private static let suite = SharedSuite.path("w3c-xmlconf")

  @Test(.enabled(if: SharedSuite.exists("w3c-xmlconf"), "the W3C suite is not here"))
  func `agrees with the W3C suite, but for entity declarations refused by policy`() throws {
    let manifest = try #require(SharedSuite.bytes("\(Self.suite)/manifest.jsonl"))
    var counts = (accepted: 0, rejected: 0, policy: 0)
    for line in manifest.split(separator: UInt8(ascii: "\n")) {
      let row = String(decoding: line, as: UTF8.self)
      let file = try #require(value(of: "file", in: row))
      let expected = try #require(value(of: "expect", in: row))
      let bytes = try #require(SharedSuite.bytes("\(Self.suite)/\(file)"))
      let error = xmlError(bytes, pieces: 7)
      #expect((error == nil) == (xmlError(bytes) == nil), "\(file) differs by piece size")
      switch expected {
      case "reject":
        #expect(error != nil, "\(file) must be rejected")
        counts.rejected += 1
      case "accept" where error?.isPolicy == true: counts.policy += 1
      case "accept":
        #expect(error == nil, "\(file): \(error?.description ?? "")")
        counts.accepted += 1
      default: break
      }
    }
    print("W3C: \(counts.accepted) accepted, \(counts.rejected) rejected, \(counts.policy) policy")
    #expect(counts.rejected > 0)
  }

  @Test(.enabled(if: SharedSuite.exists("xml-attacks"), "the XML attacks are not here"))
  func `survives the XML attacks within a second each, expanding nothing`() throws {
    let folder = SharedSuite.path("xml-attacks")
    let files = SharedSuite.files(folder, endings: [".xml"])
    #expect(!files.isEmpty)
    for file in files {
      let bytes = try #require(SharedSuite.bytes(file))
      var error: XMLError?
      let time = ContinuousClock().measure { error = xmlError(bytes) }
      #expect(time < .seconds(1), "\(file)")
      let name = file.split(separator: "/").last ?? ""
      if file.contains("/defusedxml/") && !name.hasPrefix("simple") && name != "dtd.xml" {
        #expect(error?.isPolicy == true, "\(file)")
      }
      // The bombs of `lol_ip_*` lie in a DTD of their own, which is never opened.
      if name.hasPrefix("lol"), !name.hasPrefix("lol_ip") { #expect(error != nil, "\(file)") }
      if name.hasPrefix("simple") { #expect(error == nil, "\(file)") }
    }
  }

  /// The value of a string member of a JSON object in one line, without escapes.
  private func value(of key: String, in row: String) -> String? {
    guard let start = row.firstRange(of: "\"\(key)\": \"")?.upperBound else { return nil }
    return String(row[start...].prefix { $0 != "\"" })
  }
}
