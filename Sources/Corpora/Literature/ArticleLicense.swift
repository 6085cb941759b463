import Formats
import Records

/// What an article says of its licence, by the strongest evidence.
///
/// First come addresses (`license/@xlink:href`, `ali:license_ref`, links), then the code in
/// `license-type`, then the licence's prose, then the copyright statement. Of several addresses the
/// licence of the work comes before a waiver, which stands for its data. A licence that the prose
/// contradicts stays and the contradiction is told.
struct ArticleLicense: Equatable {
  /// Where a licence was found, as tags write it.
  enum Evidence: String {
    case address
    case code
    case prose
    case copyright
  }

  let license: License
  let evidence: Evidence
  /// What the prose says instead, where it does not agree.
  let contradiction: License?

  /// Nil when the article states no licence that is known.
  init?(_ meta: XMLElement) {
    // Articles before JATS have both elements without `permissions` around them.
    let places = Array(meta.elements(named: "permissions")) + [meta]
    let licenses = places.flatMap { $0.elements(named: "license") }
    let notices = places.flatMap { $0.elements(named: "copyright-statement") }
    let prose = licenses.lazy.compactMap { LicenseWording.license(prose: $0.text) }.first
    if let found = Self.addressed(licenses) {
      self.init(found, .address, prose)
    } else if let found = licenses.lazy.compactMap(Self.coded).first {
      self.init(found, .code, prose)
    } else if let prose {
      self.init(prose, .prose, nil)
    } else if let found = notices.lazy.compactMap({ Self.stated($0) }).first {
      self.init(found, .copyright, nil)
    } else {
      return nil
    }
  }

  private init(_ license: License, _ evidence: Evidence, _ prose: License?) {
    self.license = license
    self.evidence = evidence
    contradiction = prose.flatMap { $0.agrees(with: license) ? nil : $0 }
  }

  private static func addressed(_ licenses: [XMLElement]) -> License? {
    let addresses = licenses.flatMap { license in
      let links = license.descendants(named: "ext-link") + license.descendants(named: "uri")
      return [license.attribute("href")] + license.descendants(named: "license_ref").map(\.text)
        + links.map { $0.attribute("href") }
    }
    // One text, so that a waiver that comes first does not hide the licence.
    let text = (addresses.compactMap { $0 } + licenses.map(\.text)).joined(separator: " ")
    return LicenseWording.license(addressIn: text)
  }

  private static func coded(_ license: XMLElement) -> License? {
    license.attribute("license-type").flatMap(LicenseWording.license(code:))
  }

  private static func stated(_ notice: XMLElement) -> License? {
    LicenseWording.license(addressIn: notice.text) ?? LicenseWording.license(prose: notice.text)
  }
}
