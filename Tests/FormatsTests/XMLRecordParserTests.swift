import Records
import Testing

@testable import Formats

struct XMLRecordParserTests {
  private let citations = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE Set SYSTEM "http://invalid.example/set.dtd">
    <Set>
      <Article id="1" xlink:href="a&amp;b"><Title>On <i>Aspirin</i> &amp; tea</Title>
        <Authors><Name>Nobody</Name></Authors><Empty/>
      </Article>
      <Other><Article id="2"><Title><![CDATA[5 < 6]]></Title></Article></Other>
    </Set>
    """

  @Test func `gives each record with its text, attributes and place`() throws {
    let bytes = Array(citations.utf8)
    for pieces in [1, 3, 64, Int.max] {
      let rows = try xmlRecords(bytes, .named(["Article"]), pieces: pieces) { record in
        let offset = try #require(record.byteOffset)
        #expect(bytes[offset...].starts(with: "<Article id".utf8))
        return [record.attribute("id"), record.text(of: "Title"), "\(record.line)"]
      }
      #expect(rows == [["1", "On Aspirin & tea", "4"], ["2", "5 < 6", "7"]])
    }
  }

  @Test func `keeps mixed content in order`() throws {
    let pieces = try xmlRecords(Array(citations.utf8), .named(["Title"])) { title in
      title.content.map { piece in
        switch piece {
        case .text(let text): text
        case .element(let element): "[\(element.name):\(element.text)]"
        }
      }
    }
    #expect(pieces == [["On ", "[i:Aspirin]", " & tea"], ["5 < 6"]])
  }

  @Test func `does not build skipped elements`() throws {
    let names = try xmlRecords(
      Array(citations.utf8), .named(["Article"]), skipping: ["Authors"]
    ) { record in
      #expect(record.first("Authors") == nil)
      return record.children.map(\.name)
    }
    #expect(names == [["Title", "Empty"], ["Title"]])
  }

  @Test func `finds elements by path, name and depth`() throws {
    try XMLElement.parse(Array("<a><b><c x='1'>p</c><d/><c>q</c></b></a>".utf8)) { root in
      #expect(root.first("b", "c")?.attribute("x") == "1")
      #expect(root.first("b", "e") == nil)
      #expect(root.first("b")?.elements(named: "c").map(\.text) == ["p", "q"])
      #expect(root.descendants(named: "c").count == 2)
      #expect(root.first("b", "d")?.isEmpty == true)
      #expect(root.isNamed("a"))
    }
  }

  @Test func `tolerates an unbound prefix and keeps it`() throws {
    try XMLElement.parse(Array("<sdtc:a x:b='1' b='2'/>".utf8)) { root in
      #expect(root.name == "a")
      #expect(root.prefix == "sdtc")
      #expect(root.attribute("x:b") == "1")
      #expect(root.attributes.count == 2)
    }
  }

  @Test func `finds names that come later in the document`() throws {
    let rows = try xmlRecords(Array("<s><r/><r><x:late k='1'/></r></s>".utf8), .named(["r"])) {
      [
        $0.first("late")?.attribute("k"), $0.first("x:late")?.attribute("k"),
        $0.first("y:late")?.name,
      ]
    }
    #expect(rows == [[nil, nil, nil], ["1", "1", nil]])
  }

  @Test func `stops when the caller has enough`() throws {
    let parser = XMLRecordParser(records: .named(["r"]))
    var count = 0
    let goesOn = try Array("<s><r/><r/><r/></s>".utf8).withUnsafeBytes {
      try parser.feed($0) { _ in
        count += 1
        return count < 2
      }
    }
    #expect(!goesOn)
    #expect(count == 2)
  }

  @Test func `passes on what the caller throws`() {
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try xmlRecords(Array("<a/>".utf8)) { _ in throw Stop() }
    }
  }

  @Test func `resolves entities of the table, in text and in attributes`() throws {
    let text = "<!DOCTYPE a SYSTEM 'x.dtd'><a b='&micro;g &amp; &lt;&#181;&micro;'>5 &micro;g</a>"
    let rows = try xmlRecords(Array(text.utf8), entities: XMLEntityNames.isoHTML) {
      [$0.attribute("b") ?? "", $0.text]
    }
    #expect(rows == [["\u{b5}g & <\u{b5}\u{b5}", "5 \u{b5}g"]])
    #expect(XMLEntityNames.isoHTML["thinsp"] == "\u{2009}")
    #expect(XMLEntityNames.isoHTML["minus"] == "\u{2212}")
  }

  @Test(arguments: [
    "<a>5 &micro;g</a>", "<!DOCTYPE a SYSTEM 'x.dtd'><a>5 &micro;g</a>", "<a b='5 &micro;g'/>",
    "<!DOCTYPE a SYSTEM 'x.dtd'><a b='5 &micro;g'/>", "<a><skipped>&micro;</skipped></a>",
  ])
  func `never drops an unknown entity`(text: String) throws {
    let error = try #require(xmlError(Array(text.utf8)))
    #expect(error.kind == .unknownEntity("micro"))
    #expect(error.diagnostic.message == "unknown entity '&micro;'")
    #expect(error.position.line == 1)
    #expect(error.position.byteOffset != nil)
  }

  @Test(arguments: [
    "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:c'>]><a>&b;</a>",
    "<!DOCTYPE a [<!ENTITY % b 'c'> %b;]><a/>", "<!DOCTYPE a [%b;]><a/>",
  ])
  func `refuses a document type with entities`(text: String) {
    #expect(xmlError(Array(text.utf8))?.kind == .declaresEntities)
  }

  @Test func `accepts a document type without entities`() {
    #expect(xmlError(Array("<!DOCTYPE a [<!ELEMENT a ANY>]><a/>".utf8)) == nil)
  }

  @Test func `an error points at line, column and byte`() throws {
    let error = try #require(xmlError(Array("<a>\n  <b></c>\n</a>".utf8)))
    #expect(error.position.line == 2)
    #expect(error.position.column != nil)
    #expect(try (5...14).contains(#require(error.position.byteOffset)))
    #expect(error.diagnostic.message.contains("end tag does not match"))
  }

  @Test func `names the open element of a truncated document`() throws {
    let error = try #require(xmlError(Array("<a>\n<b>text".utf8)))
    #expect(error.kind == .truncated(element: "b", openedAtLine: 2))
    #expect(xmlError(Array("".utf8))?.kind == .noElement)
  }

  @Test func `a document cut at any byte is an error, whatever the pieces`() {
    let bytes = Array(citations.utf8)
    let end = bytes.count
    for count in 0..<end {
      #expect(xmlError(Array(bytes[..<count]), pieces: 5) != nil, "cut at \(count)")
    }
    #expect(xmlError(bytes, pieces: 5) == nil)
  }

  @Test func `parses on several threads at once`() async throws {
    let bytes = Array(citations.utf8)
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<16 {
        group.addTask {
          var count = 0
          for _ in 0..<50 { count += try xmlRecords(bytes, .named(["Article"])) { $0.text }.count }
          return count
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts == Array(repeating: 100, count: 16))
  }

  @Test func `reads an entry`() throws {
    var entry = BufferedEntry(path: "a.xml", bytes: Array("<s><r>1</r><r>2</r></s>".utf8))
    var texts: [String] = []
    try XMLRecordParser(records: .named(["r"])).parse(&entry) {
      texts.append($0.text)
      return false
    }
    #expect(texts == ["1"])
  }
}
