import Records
import Testing

@testable import Formats

/// Parsing with and without the scanner for plain records must give the same.
struct XMLPlainRecordsTests {
  private static let pieces = [1, 7, 64, 4096, Int.max]

  /// A document with its records between others, its prolog and its end.
  private static func document(_ records: String) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <!-- <R> --><!DOCTYPE S SYSTEM "s.dtd">
    <S a="<R>"
       b='2'>
    <R id="first">one</R> <R>two<b/></R>
    \(records)
      <R id="after"><a>x</a>\u{9}y</R><Other><R/></Other>
    <R id="last"/></S>
    """.replacing("<R>\"", with: "&lt;R>\"")
  }

  @Test(arguments: [
    "", "<R/>", "<R></R>", "<R>plain</R>", "<R\n\t>a\nb<c\n\n/>\n<d  x='1'\ny=\"2\" >e</d\n></R >",
    "<R>a &lt; b &gt; c &amp; d &quot; e &apos; f &#181; &#xB5; &#x1F600; &#13;</R>",
    "<R a='&lt;&amp;&quot;&#9;&#10;' b=\"it's\" c='\"'>x</R>", "<R a='&amp;#38;&amp;lt;'/>",
    "<R a='&amp;micro;' b='&#38;#60;'>&amp;lt;</R>", "<R>&micro; b</R>", "<R a='&micro;'/>",
    "<R>before<skip a='1'>x<R>y</R></skip>after<b>c</b>end</R>", "<R><skip/>text</R>",
    "<R>a<skip><skip>b</skip></skip>c</R>", "<skip><R>a</R></skip>", "<skip>a</skip>",
    "<R><R>a</R>b<R/></R>", "<R><![CDATA[</R><R>]]></R>", "<R><!-- </R> -->a</R>",
    "<R><?pi </R> ?>a</R>", "<!-- <R>a</R> --><R>b</R>", "<![CDATA[<R>a</R>]]>", "<?pi <R/> ?>",
    "text <R>a</R> text", "> <R>a</R>", "<Group><R>a</R>\n<R>b</R></Group>",
    "<Group>\n<R>a</R>text<R>b</R></Group>", "<x:R x:a='1' a='2'><x:b/></x:R>",
    "<R xmlns='u' xmlns:x='v' x:y='1'><x:b xmlns:x='w'/></R>", "<R>µ – 😀 \u{fffd}</R>",
    "<R>a\r\nb\rc</R>", "<R a='x\ny\tz'/>", "<R a = '1'/>", "<R><é>a</é></R>", "<R é='1'/>",
    "<Other a='>'>text</Other>", "<R>]] > ]</R>", "<R>a > b</R>", "<R>\u{7f}\u{85}\u{2028}</R>",
    "<R><averyveryverylongname/><averyverybverylongname/></R>",
    "<R><a/><ab/><abc/><abcdefg/><abcdefgh/><abcdefghi/></R>", "<Rx>a</Rx><R.x/><R-/>",
    "<R a:b:='1' :c='2'/>",
  ])
  func `sound records`(records: String) {
    expectAgreement(Self.document(records), isSound: !records.contains("&micro;"))
  }

  @Test(arguments: [
    "<R>", "</R>", "<R></b></R>", "<R><b></R>", "<R><bc></b></R>", "<R><b></bc></R>", "<R a/>",
    "<R a=1/>", "<R a='1'b='2'/>", "<R a='1' a='2'/>", "<R a='<'/>", "<R a='&'/>", "<R>&</R>",
    "<R>& </R>", "<R>&unknown;</R>", "<R a='&unknown;'/>", "<R>]]></R>", "<R>\u{1}</R>",
    "<R>\u{fffe}</R>", "<R>&#0;</R>", "<R>&#x;</R>", "<R>&#xD800;</R>", "<R>&#1114112;</R>",
    "<R>&#X41;</R>", "<R>&lt</R>", "<R><1/></R>", "<R>< b/></R>", "<R/ >", "<R b'1'/>",
    "<R><skip></R></skip>", "<R><skip>&unknown;</skip></R>", "<R><skip a='1' a='1'/></R>",
    "<R><skip>\u{1}</skip></R>", "<R><!DOCTYPE a></R>", "<R><!-- a -- b --></R>",
    "<R xmlns:a='1' xmlns:a='2'/>", "<R>a</R>&unknown;<R/>", "<R/></S><R/>", "<R a='1' =''/>",
  ])
  func `broken records`(records: String) {
    expectAgreement(Self.document(records), isSound: false)
  }

  @Test func `bytes that are not UTF-8`() {
    let broken: [[UInt8]] = [
      [0xb5], [0xc3], [0xed, 0xa0, 0x80], [0xef, 0xbf, 0xbf], [0xf5, 0x80], [0xe2, 0x82], [0xff],
    ]
    for bytes in broken {
      let start = Array("<S>\n<R>a</R>\n<R>5 ".utf8)
      for end in ["g</R>\n<R/></S>", "</R></S>", "<skip/></R></S>"] {
        expectAgreement(start + bytes + Array(end.utf8), isSound: false)
      }
    }
  }

  @Test func `documents cut at any byte`() {
    let records = "<R a='1 &amp; 2'>a<skip>b</skip>&lt;<c/>\n</R><R><![CDATA[x]]></R>\n<R>µ</R>"
    let bytes = Array(Self.document(records).utf8)
    for count in 0..<bytes.count {
      expectAgreement(Array(bytes[..<count]), isSound: false, pieces: [1, 64, Int.max])
    }
  }

  @Test func `a document type that gives attributes defaults`() {
    expectAgreement(
      "<!DOCTYPE S [<!ATTLIST R a CDATA 'preset' b NMTOKENS #IMPLIED>]><S><R b=' 1  2 '/></S>")
    expectAgreement("<!DOCTYPE S [<!ELEMENT R ANY> <!-- <R> -->]><S><R b=' 1  2 '/></S>")
  }

  @Test func `documents that begin and end otherwise`() {
    for text in [
      "<R>a</R>", "\n<R/>", "<R><R/></R>", "", " ", "<S/>", "<S><R/></S> ", "\u{feff}<S><R/></S>",
    ] {
      expectAgreement(text, isSound: !text.allSatisfy(\.isWhitespace) && !text.isEmpty)
    }
    for text in ["<S><R/></S>x", "<S><R/></S><R/>", "<S><R/></T>", "<S><R/>", "<S> <R/> &x;</S>"] {
      expectAgreement(text, isSound: false)
    }
    expectAgreement("<S><R/>" + String(repeating: " \n", count: 9000) + "<R>a</R></S>")
    expectAgreement("<S>" + String(repeating: "<b>c</b>\n", count: 3000) + "<R>a</R></S>")
  }

  @Test func `limits`() {
    var limits = XMLLimits()
    limits.depth = 4
    limits.textBytes = 9
    limits.attributeCount = 2
    limits.attributeBytes = 8
    limits.recordBytes = 20
    limits.recordNodes = 6
    let records = [
      "<b><c/></b>", "<b><c><d/></c></b>", "<skip><c><d/></c></skip>", "123456789", "1234567890",
      "12345<skip/>67890", "<b>123456789</b>123456789<b/>12", "<b>123456789</b>123456789<b/>123",
      "<b a='1' b='2'/>", "<b a='1' b='2' c='3'/>", "<b xmlns='1' b='2' c='3'/>",
      "<b a='12345678'/>",
      "<b a='123456789'/>", "<skip a='123456789' b='' c=''/>", "<a/><a/><a/><a/><a/>",
      "<a/><a/><a/><a/><a/><a/>", "<a/><a/><a/><a/><a/>x",
      "<a b='12345678'/><a b='12345678'/><a b='1234'/>",
      "<a b='12345678'/><a b='12345678'/><a b='12345'/>",
    ]
    for record in records {
      expectAgreement("<S>\n<R>\(record)</R><R/></S>", isSound: nil, limits: limits)
    }
  }

  @Test func `long records`() {
    let long = String(repeating: "<p>many words\n</p>", count: 30_000)
    expectAgreement("<S><R>\(long)</R>\n<R>b</R></S>", pieces: [4096, Int.max])
    let longer = String(repeating: long, count: 12)
    expectAgreement("<S><R>\(longer)</R>\n<R>b</R></S>", pieces: [1 << 18, Int.max])
  }

  @Test func `more names than the scanner keeps`() {
    let names = (0..<5000).map { "<n\($0) a\($0)='1'/>" }.joined()
    expectAgreement("<S><R>\(names)</R><R><n4999/></R></S>", pieces: [4096, Int.max])
  }

  @Test func `the scanner takes plain records itself`() throws {
    let text = Self.document(String(repeating: "<R a='1'>b<c/></R>", count: 3))
    let rows = try xmlRecords(Array(text.utf8), .named(["R"])) { $0.text }
    #expect(rows == ["one", "two", "b", "b", "b", "x\ty", "", ""])
  }

  private func expectAgreement(
    _ text: String, isSound: Bool? = true, limits: XMLLimits = XMLLimits(),
    pieces: [Int] = Self.pieces, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expectAgreement(
      Array(text.utf8), isSound: isSound, limits: limits, pieces: pieces,
      sourceLocation: sourceLocation)
  }

  private func expectAgreement(
    _ bytes: [UInt8], isSound: Bool?, limits: XMLLimits = XMLLimits(),
    pieces: [Int] = Self.pieces, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for pieces in pieces {
      let slow = XMLOutcome(bytes, ["R"], ["skip"], limits, pieces, scansPlainRecords: false)
      let fast = XMLOutcome(bytes, ["R"], ["skip"], limits, pieces, scansPlainRecords: true)
      #expect(slow == fast, "pieces of \(pieces)", sourceLocation: sourceLocation)
      if let isSound { #expect((fast.error == nil) == isSound, sourceLocation: sourceLocation) }
    }
  }
}
