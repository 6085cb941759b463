import Records
import Testing

@testable import Formats

struct TextGridTests {
  private static let short = """
    File type = "ooTextFile"
    Object class = "TextGrid"

    0
    2.5
    <exists>
    2
    "IntervalTier"
    "Doctor"
    0
    2.5
    2
    0
    1
    ""
    1
    2.5
    "He said ""no"" 3 times, 50%!"
    "TextTier"
    "beeps"
    0
    2.5
    1
    0.7
    "a
    b"

    """

  private static let long = """
    File type = "ooTextFile"
    Object class = "TextGrid"

    xmin = 0 ! a comment with "quotes" and 7
    xmax = 2.5
    tiers? <exists>
    size = 2
    item []:
        item [1]:
            class = "IntervalTier"
            name = "Doctor"
            xmin = 0
            xmax = 2.5
            intervals: size = 2
            intervals [1]:
                xmin = 0
                xmax = 1
                text = ""
            intervals [2]:
                xmin = 1
                xmax = 2.5
                text = "He said ""no"" 3 times, 50%!"
        item [2]:
            class = "TextTier"
            name = "beeps"
            xmin = 0
            xmax = 2.5
            points: size = 1
            points [1]:
                number = 0.7
                mark = "a
    b"

    """

  @Test(arguments: [short, long])
  func `the long and the short form say the same`(text: String) throws {
    let grid = try grid(of: Array(text.utf8))
    #expect(grid.tiers.map(\.name) == ["Doctor", "beeps"])
    #expect(
      grid.tiers[0].intervals == [
        TextGrid.Interval(start: 0, end: 1, text: ""),
        TextGrid.Interval(start: 1, end: 2.5, text: "He said \"no\" 3 times, 50%!"),
      ])
    #expect(
      grid.tiers[1].intervals == [TextGrid.Interval(start: 0.7, end: 0.7, text: "a\nb")])
  }

  @Test(arguments: [true, false])
  func `is read in UTF-16 of either order, and with carriage returns`(isLittle: Bool) throws {
    let text =
      "\u{feff}"
      + Self.long.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "\r\n")
    let bytes = text.utf16.flatMap { unit in
      let pair = [UInt8(unit >> 8), UInt8(unit & 0xff)]
      return isLittle ? pair.reversed() : pair
    }
    #expect(try grid(of: bytes).tiers.count == 2)
  }

  @Test func `without tiers there are none`() throws {
    let text = "\"ooTextFile\"\n\"TextGrid\"\n0\n1\n<absent>\n"
    #expect(try grid(of: Array(text.utf8)).tiers.isEmpty)
  }

  @Test(arguments: [
    ("\"ooTextFile\"\n\"Pitch\"\n", TextGridError.Kind.noTextGrid, 1),
    ("\"ooTextFile\"\n\"TextGrid\"\n0\n1\n<exists>\n1\n\"Odd\"\n", .unknownTier, 7),
    ("\"ooTextFile\"\n\"TextGrid\"\n0\n1\n<exists>\n1e9\n", .expected("a count"), 6),
    ("\"ooTextFile\"\n\"TextGrid\"\n0\n\"x\"\n", .expected("a number"), 4),
    ("\"ooTextFile\"\n\"TextGrid\"\n0\n1\n<exists>\n1\n\"Interv", .truncated, 7),
  ])
  func `says in which line it stops making sense`(
    text: String, kind: TextGridError.Kind, line: Int
  ) throws {
    let error = try #require(throws: TextGridError.self) { try grid(of: Array(text.utf8)) }
    #expect(error.kind == kind)
    #expect(error.line == line)
  }

  private func grid(of bytes: [UInt8]) throws -> TextGrid {
    try bytes.withUnsafeBytes { try TextGrid(parsing: $0) }
  }
}
