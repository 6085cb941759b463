import Records

/// A workbook of Office Open XML (`.xlsx`): the rows of its sheets as text.
///
/// A cell's text is what is stored, not what a format shows: numbers as written (`0.1`), dates as the
/// numbers of days that they are, booleans as `TRUE` and `FALSE`, of a formula its last result, of rich
/// text the text alone, without the readings that Japanese text may bear. A cell without content is
/// empty, as is one that a row leaves out: cells stand where their reference (`C7`) says.
///
/// Format: ECMA-376-1:2016, §18.3.1 (sheets), §18.4 (shared strings).
package struct XLSXWorkbook {
  /// The names of the sheets that hold cells, in the order of the workbook.
  package let sheetNames: [String]
  private let document: ZipDocument
  /// The part that each sheet is in.
  private let sheetParts: [String]
  private let strings: [String]

  private static let officeDocument = "/officeDocument"
  private static let worksheet = "/worksheet"
  private static let sharedStrings = "/sharedStrings"

  /// Opens a workbook that is in memory.
  ///
  /// - Throws: `ZipDocumentError`, `XMLError` or `XLSXError`.
  package init(_ bytes: [UInt8]) throws {
    let document = try ZipDocument(bytes)
    let root = try XLSXRelation.all(of: "", in: document)
    guard let book = root.first(where: { $0.type.hasSuffix(Self.officeDocument) })?.target else {
      throw XLSXError(.noWorkbook)
    }
    let relations = try XLSXRelation.all(of: book, in: document)
    let sheets = try Self.sheets(in: book, of: document).compactMap { sheet in
      relations.first { $0.id == sheet.relation && $0.type.hasSuffix(Self.worksheet) }
        .map { (name: sheet.name, part: $0.target) }
    }
    sheetNames = sheets.map(\.name)
    sheetParts = sheets.map(\.part)
    let table = relations.first { $0.type.hasSuffix(Self.sharedStrings) }?.target
    strings = try table.map { try XLSXStrings.all(in: $0, of: document) } ?? []
    self.document = document
  }

  /// Calls `body` with each row of a sheet that has cells, until it returns false.
  ///
  /// - Parameter name: The sheet's name; nil for the first sheet.
  /// - Throws: `ZipDocumentError`, `XMLError`, `XLSXError`, or what `body` throws.
  package func readRows(
    ofSheet name: String? = nil, _ body: (XLSXRow) throws -> Bool
  ) throws {
    guard let place = name.map({ sheetNames.firstIndex(of: $0) }) ?? sheetNames.indices.first else {
      throw XLSXError(.noSheet(name, sheets: sheetNames))
    }
    let parser = XMLRecordParser(records: .named(["row"]), skipping: ["f", "rPh", "phoneticPr"])
    var last = 0
    func take(_ element: XMLElement) throws -> Bool {
      let row = try XLSXRow(element, after: last, strings: strings)
      last = row.number
      return row.cells.isEmpty ? true : try body(row)
    }
    var wantsMore = true
    let isThere = try document.forEachChunk(of: sheetParts[place]) { chunk in
      if wantsMore { wantsMore = try parser.feed(chunk, onRecord: take) }
    }
    guard isThere else { throw XLSXError(.noPart(sheetParts[place])) }
    if wantsMore { try parser.finish(onRecord: take) }
  }

  private static func sheets(
    in part: String, of document: ZipDocument
  ) throws -> [(name: String, relation: String)] {
    guard let bytes = try document.contents(of: part) else { throw XLSXError(.noPart(part)) }
    return try XMLElement.parse(bytes) { root in
      root.first("sheets")?.elements(named: "sheet").map { sheet in
        (sheet.attribute("name") ?? "", sheet.attribute("id") ?? "")
      } ?? []
    }
  }
}

/// A row of a sheet.
package struct XLSXRow: Sendable, Equatable {
  /// The widest sheet that there is (ECMA-376 has no bound; every program has this one).
  package static let maximumColumns = 16_384

  /// The row's 1-based number in the sheet.
  package let number: Int
  /// The texts of the cells from column A on; what is left out is empty.
  package let cells: [String]

  init(_ element: XMLElement, after last: Int, strings: [String]) throws {
    number = element.attribute("r").flatMap { Int($0) } ?? last + 1
    var cells: [String] = []
    for cell in element.elements(named: "c") {
      let reference = cell.attribute("r")
      let column = reference.map(Self.column) ?? cells.count
      guard let column, column >= cells.count, column < Self.maximumColumns else {
        throw XLSXError(.misplacedCell(reference ?? "", row: number))
      }
      cells.append(contentsOf: repeatElement("", count: column - cells.count))
      cells.append(try Self.text(of: cell, at: reference ?? "row \(number)", strings))
    }
    self.cells = cells
  }

  /// The 0-based column of a reference such as `AB12`; nil when it is none.
  private static func column(of reference: String) -> Int? {
    var column = 0
    for byte in reference.utf8.prefix(while: { (0x41...0x5a).contains($0) }) {
      column = column * 26 + Int(byte) - 0x40
      guard column <= maximumColumns else { return nil }
    }
    return column == 0 ? nil : column - 1
  }

  /// The text of a cell by its type (ECMA-376-1 §18.18.11).
  private static func text(
    of cell: XMLElement, at reference: String, _ strings: [String]
  ) throws -> String {
    let value = cell.first("v")?.text ?? ""
    switch cell.attribute("t") ?? "n" {
    case "s":
      guard !value.isEmpty else { return "" }
      guard let index = Int(value), strings.indices.contains(index) else {
        throw XLSXError(.missingString(cell: reference, strings: strings.count))
      }
      return strings[index]
    case "inlineStr": return cell.first("is").map(XLSXStrings.text) ?? ""
    case "b": return value == "1" ? "TRUE" : value == "0" ? "FALSE" : value
    case "str": return XLSXStrings.unescaped(value)
    case "n", "d", "e": return value
    case let type: throw XLSXError(.unknownType(type, cell: reference))
    }
  }
}

/// What a part of the document refers to.
private struct XLSXRelation {
  let id: String
  let type: String
  /// The part's name, from the root.
  let target: String

  /// The relations of a part, which a part of its own holds; of the document for an empty name.
  static func all(of part: String, in document: ZipDocument) throws -> [XLSXRelation] {
    let folders = part.split(separator: "/").dropLast().map(String.init)
    let name = part.split(separator: "/").last ?? ""
    let place = (folders + ["_rels", "\(name).rels"]).joined(separator: "/")
    guard let bytes = try document.contents(of: place) else { throw XLSXError(.noPart(place)) }
    return try XMLElement.parse(bytes) { root in
      root.elements(named: "Relationship").map { relation in
        XLSXRelation(
          id: relation.attribute("Id") ?? "", type: relation.attribute("Type") ?? "",
          target: resolved(relation.attribute("Target") ?? "", in: folders))
      }
    }
  }

  /// The name of a part that is named from a folder (`../a.xml`) or from the root (`/xl/a.xml`).
  private static func resolved(_ target: String, in folders: [String]) -> String {
    var path = target.hasPrefix("/") ? [] : folders
    for step in target.split(separator: "/") where step != "." {
      if step == ".." { _ = path.popLast() } else { path.append(String(step)) }
    }
    return path.joined(separator: "/")
  }
}

/// The strings that the cells of a workbook share.
private enum XLSXStrings {
  /// The longest table of strings that is held in memory.
  private static let maximumBytes = 256 << 20

  static func all(in part: String, of document: ZipDocument) throws -> [String] {
    let parser = XMLRecordParser(records: .named(["si"]), skipping: ["rPh", "phoneticPr"])
    var strings: [String] = []
    var length = 0
    let take = { (item: XMLElement) in
      let string = text(of: item)
      length += string.utf8.count
      guard length <= maximumBytes else { throw XLSXError(.tooMuchText(limit: maximumBytes)) }
      strings.append(string)
      return true
    }
    let isThere = try document.forEachChunk(of: part) { _ = try parser.feed($0, onRecord: take) }
    guard isThere else { throw XLSXError(.noPart(part)) }
    try parser.finish(onRecord: take)
    return strings
  }

  /// The text of a string item: of its own, or of its runs.
  static func text(of item: XMLElement) -> String {
    var text = ""
    for child in item.children {
      if child.isNamed("t") { text += child.text }
      if child.isNamed("r") { text += child.first("t")?.text ?? "" }
    }
    return unescaped(text)
  }

  /// Undoes `_x000D_`, which stands for a character that XML cannot hold (ECMA-376-1 §22.9.2.19).
  static func unescaped(_ text: String) -> String {
    let mark = "_x"
    guard text.utf8.count >= 7, text.contains(mark) else { return text }
    var plain = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let first = rest.first {
      if first == "_", let scalar = escape(at: rest) {
        plain.append(scalar)
        rest = rest.dropFirst(7)
      } else {
        plain.append(first)
        rest = rest.dropFirst()
      }
    }
    return String(plain)
  }

  private static func escape(at text: Substring.UnicodeScalarView) -> Unicode.Scalar? {
    let piece = text.prefix(7)
    guard piece.count == 7, piece.dropFirst().first == "x", piece.last == "_" else { return nil }
    let digits = String(String.UnicodeScalarView(piece.dropFirst(2).prefix(4)))
    guard digits.utf8.allSatisfy({ isHexDigit($0) }) else { return nil }
    return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte & 0xdf)
  }
}

/// Why a workbook cannot be read.
package struct XLSXError: DiagnosticError, Equatable {
  /// What is wrong.
  package enum Kind: Sendable, Equatable {
    case noWorkbook
    case noPart(String)
    case noSheet(String?, sheets: [String])
    case misplacedCell(String, row: Int)
    case missingString(cell: String, strings: Int)
    case unknownType(String, cell: String)
    case tooMuchText(limit: Int)
  }

  package var kind: Kind

  init(_ kind: Kind) { self.kind = kind }

  package var diagnostic: Diagnostic { Diagnostic(message, hint: hint) }

  private var message: String {
    switch kind {
    case .noWorkbook: "the document holds no workbook"
    case .noPart(let name): "the workbook has no part '\(name)'"
    case .noSheet(let name?, _): "the workbook has no sheet '\(name)'"
    case .noSheet(nil, _): "the workbook has no sheet"
    case .misplacedCell(let reference, let row):
      "row \(row) has a cell '\(reference)' out of its order, or beyond column XFD"
    case .missingString(let cell, let count):
      "cell \(cell) refers to a shared string beyond the \(count) that there are"
    case .unknownType(let type, let cell): "cell \(cell) is of unknown type '\(type)'"
    case .tooMuchText(let limit): "the shared strings are longer than \(limit) bytes"
    }
  }

  private var hint: String? {
    switch kind {
    case .noSheet(let name?, let sheets):
      NearestName.hint(for: name, among: sheets)
        ?? "its sheets are \(sheets.map { "'\($0)'" }.joined(separator: ", "))"
    case .tooMuchText: "save the sheet as CSV"
    default: nil
    }
  }
}
