import Records

/// Statements of licences as publishers write them → the licence: addresses, codes and prose.
///
/// A Creative Commons licence whose version is not said is the family's `LicenseRef-`, since a version
/// that nobody stated would be a claim of ours; all versions of a family allow and ask for the same.
enum LicenseWording {
  /// The licence of the first address of a licence in a text; one for the work itself comes before a
  /// waiver, which in an article stands for its data.
  static func license(addressIn text: String) -> License? {
    let text = text.lowercased()
    var waiver: License?
    for rest in pieces(of: text, behind: "creativecommons.org/") {
      guard let license = creativeCommons(path: rest) else { continue }
      guard license == .cc0 || license == .ccPDM else { return license }
      waiver = waiver ?? license
    }
    if waiver == nil, text.holds("open-government-licence") { return .ogl3 }
    return waiver
  }

  /// The licence of a code: `CC BY-NC`, `cc-by`, `creativeCommonsBy-nc-nd`, `CC0`, `TDM`.
  static func license(code: String) -> License? {
    var code = code.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "." }
    if code == "tdm" { return .pmcTextMining }
    for name in ["creativecommons", "cc"] where code.hasPrefix(name) {
      code.removeFirst(name.count)
      if code.hasPrefix("0") || code == "zero" { return .cc0 }
      return creativeCommons(compact: code)
    }
    return code == "publicdomain" ? .ccPDM : nil
  }

  /// The licence that a sentence names in words.
  static func license(prose: String) -> License? {
    let text = plain(prose)
    let isCreativeCommons = text.holds("creative commons") || text.holds("creativecommons")
    let isCode = text.holds("cc by") || text.holds("cc-by") || text.holds("ccby")
    if isCode || isCreativeCommons && text.holds("attribution") {
      return license(
        Elements(
          isNonCommercial: holds(nonCommercial, text) && !text.holds("commercial and non"),
          isNoDerivatives: holds(noDerivatives, text), isShareAlike: holds(shareAlike, text)),
        version: version(in: text))
    }
    if holds(waivers, text) || isCreativeCommons && text.holds("public domain") { return .cc0 }
    if text.holds("open government licence") || text.holds("open government license") {
      return .ogl3
    }
    if holds(governmentWorks, text) { return .usGovernment }
    return holds(publicDomain, text) ? .ccPDM : nil
  }

  private static let nonCommercial = [
    "noncommercial", "non-commercial", "non commercial", "by-nc", "by nc",
    "not used for commercial", "not permit commercial",
  ]
  private static let noDerivatives = [
    "noderiv", "no-deriv", "no deriv", "non-deriv", "nonderiv", "by-nd", "nc-nd", "by nd", "nc nd",
  ]
  private static let shareAlike = [
    "sharealike", "share-alike", "share alike", "by-sa", "nc-sa", "by sa", "nc sa",
  ]
  private static let waivers = ["cc0", "cc 0", "cc zero"]
  private static let governmentWorks = [
    "united states government work", "u.s. government work", "us government work",
    "work of the united states government", "work of the u.s. government",
    "work of the us government",
  ]
  private static let publicDomain = [
    "in the public domain", "is public domain", "free of all copyright",
  ]

  private static func holds(_ phrases: [String], _ text: String) -> Bool {
    phrases.contains(where: text.holds)
  }

  /// Lower case, plain hyphens, single blanks.
  private static func plain(_ prose: String) -> String {
    var text = String.UnicodeScalarView()
    for scalar in prose.lowercased().unicodeScalars {
      switch scalar {
      case "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}": text.append("-")
      case _ where scalar.properties.isWhitespace: text.append(" ")
      default: text.append(scalar)
      }
    }
    return TidyText.line(String(text))
  }

  /// The first number of a version behind the licence's name.
  private static func version(in text: String) -> String? {
    for name in ["creative commons", "creativecommons", "cc by", "cc-by", "ccby"] {
      for rest in pieces(of: text, behind: name) {
        let words = rest.prefix(120).split { !($0.isNumber || $0 == ".") }.map {
          String($0.last == "." ? $0.dropLast() : $0)
        }
        if let version = words.first(where: versions.contains) { return version }
      }
    }
    return nil
  }

  private static let versions: Set = ["1.0", "2.0", "2.5", "3.0", "4.0"]
}

// MARK: Creative Commons

extension LicenseWording {
  /// What a licence asks for besides attribution.
  private struct Elements {
    var isNonCommercial = false
    var isNoDerivatives = false
    var isShareAlike = false

    var id: String {
      "BY" + (isNonCommercial ? "-NC" : "") + (isNoDerivatives ? "-ND" : isShareAlike ? "-SA" : "")
    }
  }

  private static func license(
    _ elements: Elements, version: String?, suffix: String = ""
  ) -> License? {
    version.flatMap { License(id: "CC-\(elements.id)-\($0)\(suffix)") }
      ?? License(id: "LicenseRef-CC-\(elements.id)")
  }

  /// The licence of what follows `creativecommons.org/`: `licenses/by-nc/3.0/igo/`.
  private static func creativeCommons(path: Substring) -> License? {
    let parts = path.prefix(60).split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return nil }
    let names = parts[1].split { !$0.isLetter }
    if parts[0] == "publicdomain" {
      return names.first == "zero" ? .cc0 : names.first == "mark" ? .ccPDM : nil
    }
    guard parts[0] == "licenses" || parts[0] == "licences" else { return nil }
    if names.first == "publicdomain" { return .ccPDM }
    guard names.contains("by") else { return nil }
    let elements = Elements(
      isNonCommercial: names.contains("nc"), isNoDerivatives: names.contains("nd"),
      isShareAlike: names.contains("sa"))
    var version = parts.count > 2 ? String(parts[2].prefix { $0.isNumber || $0 == "." }) : ""
    if version.last == "." { version.removeLast() }
    if version.count == 1 { version += ".0" }
    let isIGO = parts.count > 3 && parts[3].hasPrefix("igo")
    return license(
      elements, version: versions.contains(version) ? version : nil, suffix: isIGO ? "-IGO" : "")
  }

  /// The licence of `bynchd`-like rests of codes, with a version or without.
  private static func creativeCommons(compact code: String) -> License? {
    let letters = code.prefix { $0.isLetter }
    guard letters.hasPrefix("by") else { return nil }
    let rest = letters.dropFirst(2)
    let elements = Elements(
      isNonCommercial: rest.hasPrefix("nc"), isNoDerivatives: rest.hasSuffix("nd"),
      isShareAlike: rest.hasSuffix("sa"))
    let version = String(code.dropFirst(letters.count))
    return license(elements, version: versions.contains(version) ? version : nil)
  }

  /// What stands behind each place of a phrase.
  private static func pieces(of text: String, behind phrase: String) -> [Substring] {
    var pieces: [Substring] = []
    var rest = text[...]
    while let place = rest.utf8.firstRange(of: phrase.utf8) {
      rest = rest[place.upperBound...]
      pieces.append(rest)
    }
    return pieces
  }
}

extension String {
  fileprivate func holds(_ phrase: String) -> Bool { utf8.firstRange(of: phrase.utf8) != nil }
}
