import Formats
import Records

/// What PMC's file lists say of articles, by PMCID: their licence, PMID and retraction.
///
/// Lists are found by name: `oa_file_list.csv` of the packages, `….filelist.csv` of the bulk archives
/// and of the cloud, `PMC-ids.csv`; and `PMC10009416.1.json`, the metadata beside each article of the
/// cloud's layout of 2026. Their columns are taken by name, in any order:
///
///     File,Article Citation,Accession ID,Last Updated (YYYY-MM-DD HH:MM:SS),PMID,License
///     Article File,Article Citation,AccessionID,LastUpdated (…),PMID,License,Retracted
///     Key,ETag,Article Citation,AccessionID,Last Updated UTC (…),PMID,License,Retracted
struct PMCFileList: Sendable {
  /// What is said of an article; small, as the lists have millions.
  struct Entry: Sendable, Equatable {
    /// 0 where there is none.
    fileprivate var number: Int32 = 0
    var license: License?
    var isRetracted = false

    var pmid: String? { number == 0 ? nil : String(number) }

    /// Takes what another list says where this one says nothing.
    fileprivate mutating func merge(_ other: Entry) {
      if number == 0 { number = other.number }
      license = license ?? other.license
      isRetracted = isRetracted || other.isRetracted
    }
  }

  private var entries: [Int32: Entry] = [:]

  subscript(pmcid: PMCID) -> Entry? { entries[pmcid.number] }

  /// Whether an entry is a list, by its name.
  static func isList(path: String) -> Bool {
    let name = EntryName(path)
    guard !name.isLitter else { return false }
    if name.kind == "json" { return isArticleMetadata(name) }
    let stem = name.stem.lowercased()
    return name.kind == "csv"
      && (stem.hasSuffix("filelist") || stem.contains("file_list") || stem == "pmc-ids")
  }

  private static func isArticleMetadata(_ name: EntryName) -> Bool {
    let parts = name.stem.split(separator: ".")
    return parts.count == 2 && PMCID(String(parts[0])) != nil && Int(parts[1]) != nil
  }

  /// Takes a list in.
  ///
  /// - Throws: when it cannot be read, or has no column of PMCIDs.
  mutating func read(_ entry: inout some EntryBytes) throws {
    if EntryName(entry.path).kind == "json" { return try readMetadata(&entry) }
    let path = entry.path
    try TableRows(columns: []).read(&entry) { row in
      switch row {
      case .failure(let error): throw error
      case .success(let row):
        guard let accession = row[anyOf: ["AccessionID", "Accession ID", "PMCID"]] else {
          throw Diagnostic(
            at: Position(entry: path, line: 1), "the file list has no column 'AccessionID'",
            hint: "PMC's lists have one; leave this file out of the source")
        }
        // Articles that PMC knows by other numbers only have none.
        guard let pmcid = PMCID(accession) else { return }
        add(
          pmcid, pmid: row["PMID"], code: row["License"],
          isRetracted: row["Retracted"]?.lowercased() == "yes")
      }
    }
  }

  private mutating func readMetadata(_ entry: inout some EntryBytes) throws {
    let document = try JSONDocument(parsing: try entry.allBytes())
    let root = document.root
    guard let pmcid = root["pmcid"]?.string.flatMap(PMCID.init) else {
      throw Diagnostic(
        at: Position(entry: entry.path, line: 1), "the article's metadata has no 'pmcid'")
    }
    add(
      pmcid, pmid: root["pmid"]?.scalarText,
      code: root["license_code"]?.string, isRetracted: root["is_retracted"]?.bool == true)
  }

  private mutating func add(_ pmcid: PMCID, pmid: String?, code: String?, isRetracted: Bool) {
    // `PMID:11250746` in the oldest lists.
    let digits = pmid.map { $0.hasPrefix("PMID:") ? $0.dropFirst(5) : $0[...] }
    entries[pmcid.number, default: Entry()].merge(
      Entry(
        number: digits.flatMap { Int32($0) } ?? 0,
        license: code.flatMap(LicenseWording.license(code:)), isRetracted: isRetracted))
  }
}

/// An article's number in PMC, in the one form that all sources are brought to: `PMC13901`.
struct PMCID: Sendable {
  let number: Int32

  /// Reads `PMC13901`, `pmc13901` and the bare number that JATS has; nil when it is none.
  init?(_ text: String) {
    let text = TidyText.line(text)
    let digits = text.prefix(3).uppercased() == "PMC" ? text.dropFirst(3) : text[...]
    guard digits.first?.isNumber == true, let number = Int32(digits) else { return nil }
    self.number = number
  }

  var text: String { "PMC\(number)" }
}

extension CSVRow {
  /// The value of the first of these columns that the table has.
  fileprivate subscript(anyOf names: [String]) -> String? {
    for name in names {
      if let value = self[name] { return value }
    }
    return nil
  }
}
