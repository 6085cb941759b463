/// A value that is known, from a structured record, to identify a patient or a person close to them.
///
/// Readers hand them on so that the values can be found in all texts of the patient. They are never
/// written anywhere, the spill included.
package struct KnownIdentifier: Sendable, Hashable {
  /// What the value is: it decides in which forms it is looked for.
  package enum Kind: String, Sendable, CaseIterable {
    /// A name or several, of persons, in any order: `John`, `Dr. Maria García-López`.
    case name
    /// A line of an address: a street with its number.
    case street
    /// A city, a county, a district.
    case city
    case postalCode
    /// A hospital, an employer, a school.
    case organization
    /// A date of birth or another date that is the patient's, in ISO 8601 as far as known.
    case date
    case phone
    case fax
    case email
    case url
    case socialSecurityNumber
    case medicalRecordNumber
    case healthPlanNumber
    case account
    case license
    case vehicle
    case device
    /// Any other number or code.
    case identifier
  }

  package var kind: Kind
  package var value: String
  /// Whose it is: 0 for the patient, others for the persons around them.
  package var person: Int

  package init(_ kind: Kind, _ value: String, person: Int = 0) {
    self.kind = kind
    self.value = value
    self.person = person
  }
}

extension KnownIdentifier {
  /// The identifiers in the cells of a row; blank cells give none.
  ///
  /// All names of a row are one person's.
  package static func of(
    _ columns: [Kind: [String]], _ cell: (String) -> String?
  ) -> [KnownIdentifier] {
    Kind.allCases.flatMap { kind in
      (columns[kind] ?? []).compactMap { column in
        guard let value = cell(column), value.contains(where: { !$0.isWhitespace }) else {
          return nil
        }
        return KnownIdentifier(kind, value)
      }
    }
  }
}
