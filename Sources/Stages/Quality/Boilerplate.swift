/// How much of a text is what pages put around it: notices of copyright, cookies and navigation.
enum Boilerplate {
  private static let finder = PhraseFinder([
    "all rights reserved", "copyright ©", "copyright (c)", "©", "published by elsevier",
    "this article is protected by copyright", "we use cookies", "uses cookies", "cookie policy",
    "accept cookies", "accept all cookies", "privacy policy", "terms of use", "terms of service",
    "terms and conditions", "click here", "read more", "subscribe to our", "sign up for our",
    "enable javascript", "javascript is disabled", "skip to main content", "skip to content",
    "back to top", "share on facebook", "follow us on", "add to cart", "page last updated",
    "page last reviewed", "powered by wordpress", "lorem ipsum", "todos los derechos reservados",
    "tous droits réservés", "alle rechte vorbehalten", "politique de confidentialité",
    "política de privacidad", "版权所有", "转载请注明", "未经授权", "点击查看", "無断転載", "プライバシーポリシー",
  ])

  /// The share of a text's characters that stand in sentences with such a phrase.
  static func share(of text: MeasuredText) -> Double {
    var total = 0
    var boilerplate = 0
    var isClean = true
    PhraseFinder.folded(text.bytes[...]).withUnsafeBufferPointer { bytes in
      guard finder.first(in: bytes) != nil else { return }
      isClean = false
      Sentences.forEach(in: bytes) { range in
        let sentence = UnsafeBufferPointer(rebasing: bytes[range])
        let length = sentence.count { $0 & 0xc0 != 0x80 && $0 > 0x20 }
        total += length
        if finder.first(in: sentence) != nil { boilerplate += length }
      }
    }
    return isClean || total == 0 ? 0 : Double(boilerplate) / Double(total)
  }
}

/// Cuts a text into sentences, roughly: at line ends, and behind `.`, `!`, `?` before a blank, or
/// their full-width kin.
enum Sentences {
  static func forEach(in bytes: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void) {
    var start = 0
    for index in bytes.indices where isEnd(index, bytes) {
      body(start..<index + 1)
      start = index + 1
    }
    if start < bytes.count { body(start..<bytes.count) }
  }

  private static func isEnd(_ index: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    switch bytes[index] {
    case 0x0a: true
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
      index + 1 < bytes.count && bytes[index + 1] == 0x20
    // 。 U+3002, ！ U+FF01, ？ U+FF1F
    case 0x82: index >= 2 && bytes[index - 1] == 0x80 && bytes[index - 2] == 0xe3
    case 0x81, 0x9f: index >= 2 && bytes[index - 1] == 0xbc && bytes[index - 2] == 0xef
    default: false
    }
  }
}
