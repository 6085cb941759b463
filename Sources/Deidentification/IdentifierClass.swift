/// A class of identifier of persons, after the Safe Harbor list of 45 CFR 164.514(b)(2).
///
/// Faces, fingerprints and voices are on that list too; text does not hold them. The raw values are
/// part of the output contract: they name the placeholders and the counts of the manifest.
package enum IdentifierClass: String, Sendable, CaseIterable, Comparable {
  /// Of patients, relatives, staff: anyone.
  case name = "NAME"
  /// Streets, cities, counties, postal codes: all places below the state.
  case location = "LOCATION"
  /// Hospitals, clinics, practices, schools, employers.
  case organization = "ORGANIZATION"
  /// Dates more precise than the year.
  case date = "DATE"
  /// Ages above 89.
  case age = "AGE"
  case phone = "PHONE"
  case fax = "FAX"
  case email = "EMAIL"
  case socialSecurityNumber = "SSN"
  case medicalRecordNumber = "MRN"
  case healthPlanNumber = "HEALTH_PLAN"
  /// Bank accounts, cards, billing accounts.
  case account = "ACCOUNT"
  /// Certificates and licences, driving licences and DEA numbers among them.
  case license = "LICENSE"
  /// Plates and vehicle identification numbers.
  case vehicle = "VEHICLE"
  /// Serial numbers of devices and implants.
  case device = "DEVICE"
  case url = "URL"
  case ipAddress = "IP_ADDRESS"
  /// Any other number or code that is one person's: passports, encounter and specimen numbers.
  case uniqueIdentifier = "ID"

  package static func < (first: IdentifierClass, second: IdentifierClass) -> Bool {
    first.rank < second.rank
  }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
