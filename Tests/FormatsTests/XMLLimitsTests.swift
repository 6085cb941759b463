import Testing

@testable import Formats

struct XMLLimitsTests {
  @Test func `elements may be nested 256 deep, not 257`() {
    #expect(xmlError(nested(256)) == nil)
    #expect(xmlError(nested(257))?.kind == .tooDeep(limit: 256))
    #expect(xmlError(nested(200_000))?.kind == .tooDeep(limit: 256))
  }

  @Test func `a text is bounded`() {
    var limits = XMLLimits()
    limits.textBytes = 100
    let text = String(repeating: "x", count: 100)
    #expect(xmlError(Array("<a>\(text)</a>".utf8), limits: limits) == nil)
    #expect(
      xmlError(Array("<a>\(text)y</a>".utf8), limits: limits)?.kind == .textTooLong(limit: 100))
  }

  @Test func `attributes are bounded in number and length`() {
    let many = (0...10_000).map { "a\($0)=''" }.joined(separator: " ")
    #expect(xmlError(Array("<a \(many)/>".utf8))?.kind == .tooManyAttributes(limit: 10_000))
    let long = String(repeating: "x", count: 1_000_001)
    #expect(
      xmlError(Array("<a b='\(long)'/>".utf8))?.kind == .attributesTooLong(limit: 1_000_000))
  }

  @Test func `a record is bounded`() {
    var limits = XMLLimits()
    limits.recordNodes = 10
    let many = String(repeating: "<b/>", count: 20)
    #expect(
      xmlError(Array("<a>\(many)</a>".utf8), limits: limits)?.kind == .recordTooLong(limit: 10))
  }

  private func nested(_ depth: Int) -> [UInt8] {
    let start = String(repeating: "<a>", count: depth)
    return Array((start + String(repeating: "</a>", count: depth)).utf8)
  }
}
