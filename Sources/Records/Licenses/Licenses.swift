/// The licences that a record or an example is under, all of them at once; mostly one.
///
/// Of alternatives one was chosen before: see `LicenseExpression.choice`.
package struct Licenses: Sendable, Hashable {
  /// The first by the bytes of its id.
  private let first: License
  /// The others, in that order.
  private let others: [License]

  package init(_ license: License) {
    first = license
    others = []
  }

  /// Nil for none.
  package init?(_ licenses: some Sequence<License>) {
    let sorted = Set(licenses).sorted {
      $0.rawValue.utf8.lexicographicallyPrecedes($1.rawValue.utf8)
    }
    guard let first = sorted.first else { return nil }
    self.first = first
    others = Array(sorted.dropFirst())
  }

  package static let unknown = Licenses(.unknown)

  /// Each of them, in the byte order of their ids.
  package var all: [License] { [first] + others }

  /// The licence, where it is one alone, as mostly.
  package var only: License? { others.isEmpty ? first : nil }

  package func contains(_ license: License) -> Bool {
    first == license || others.contains(license)
  }

  /// The licences of what is made from works under these and those.
  package func union(_ other: Licenses) -> Licenses {
    self == other ? self : Licenses(all + other.all) ?? self
  }

  /// The SPDX expression: `CC-BY-4.0 AND MIT`.
  package var expression: String { all.map(\.rawValue).joined(separator: " AND ") }

  /// The strictest class among them.
  package var licenseClass: LicenseClass {
    others.reduce(first.licenseClass) { max($0, $1.licenseClass) }
  }

  package var obligations: Obligations {
    all.reduce(into: []) { $0.formUnion($1.obligations) }
  }

  package var isRedistributable: Bool {
    first.isRedistributable && others.allSatisfy(\.isRedistributable)
  }

  package var asksToNameAuthors: Bool {
    first.asksToNameAuthors || others.contains(where: \.asksToNameAuthors)
  }

  /// Whether both allow and ask for the same, versions aside.
  package func agrees(with other: Licenses) -> Bool {
    all.allSatisfy { mine in other.all.contains(where: mine.agrees) }
      && other.all.allSatisfy { theirs in all.contains(where: theirs.agrees) }
  }
}

extension Licenses: Comparable {
  /// The byte order of their expressions.
  package static func < (first: Licenses, second: Licenses) -> Bool {
    first.expression.utf8.lexicographicallyPrecedes(second.expression.utf8)
  }
}
