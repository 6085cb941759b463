/// Whether works under several licences can be passed on in one file, and under which.
///
/// What is made of a share-alike work may be passed on under few licences; works go into one file when
/// they have one of these in common, and it asks for all that the others ask for.
package enum LicenseCompatibility {
  /// Why works cannot be passed on in one file, or the licence that the whole would be under.
  package enum Ruling: Sendable, Equatable {
    /// Nothing asks for the same terms: the notices are enough.
    case free
    case under(License)
    /// Licences of which no terms are common to all.
    case incompatible([License])
  }

  package static func ruling(on licenses: some Sequence<License>) -> Ruling {
    let all = Licenses(licenses)?.all ?? []
    let binding = all.filter { $0.facts.obligations.contains(.shareAlike) }
    guard let first = binding.first else { return .free }
    let isNonCommercial = all.contains { $0.facts.obligations.contains(.nonCommercial) }
    let common = heirs(of: first).first { heir in
      binding.allSatisfy { heirs(of: $0).contains(heir) }
        && (!isNonCommercial || heir.facts.obligations.contains(.nonCommercial))
    }
    guard let common else {
      let restricting =
        isNonCommercial ? all.filter { $0.facts.obligations.contains(.nonCommercial) } : []
      return .incompatible(Licenses(binding + restricting)?.all ?? binding)
    }
    return .under(common)
  }

  /// The licences that what is made of a share-alike work may be passed on under, its own first.
  ///
  /// Creative Commons: later versions with the same elements (section 4b of 2.0 to 3.0), and GPL-3.0
  /// for BY-SA 4.0, one way (creativecommons.org/compatiblelicenses, 2015). A version that nobody
  /// states may be any, all of which lead to 4.0.
  static func heirs(of license: License) -> [License] {
    inheritance[license] ?? [license]
  }

  private static let inheritance: [License: [License]] = [
    .ccBySA2: [.ccBySA2, .ccBySA25, .ccBySA3, .ccBySA4],
    .ccBySA25: [.ccBySA25, .ccBySA3, .ccBySA4],
    .ccBySA3: [.ccBySA3, .ccBySA4],
    .ccBySA4: [.ccBySA4, .gpl3],
    .ccBySA: [.ccBySA, .ccBySA4],
    .gpl3OrLater: [.gpl3OrLater, .gpl3],
    .ccByNCSA2: [.ccByNCSA2, .ccByNCSA25, .ccByNCSA3, .ccByNCSA4],
    .ccByNCSA25: [.ccByNCSA25, .ccByNCSA3, .ccByNCSA4],
    .ccByNCSA3: [.ccByNCSA3, .ccByNCSA4],
    .ccByNCSA3IGO: [.ccByNCSA3IGO, .ccByNCSA4],
    .ccByNCSA: [.ccByNCSA, .ccByNCSA4],
  ]
}
