/// The recognizers that the tool has.
package enum IdentifierRecognizers {
  package static let all: [any IdentifierRecognizer] = formatted + named

  /// Those of identifiers that have a form: dates, numbers, codes, addresses.
  package static let formatted: [any IdentifierRecognizer] = [
    NumericDateRecognizer(), NamedMonthDateRecognizer(), EastAsianDateRecognizer(),
    IdeographicDateRecognizer(),
    DayNameRecognizer(), CuedIdentifierRecognizer(), EastAsianCueRecognizer(), PhoneRecognizer(),
    EmailRecognizer(), URLRecognizer(), NetworkAddressRecognizer(), AgeRecognizer(),
    NameLabelRecognizer(),
    NationalNumberRecognizer(), LongNumberRecognizer(), LetteredNumberRecognizer(),
    PostalCodeRecognizer(),
    StreetAddressRecognizer(), PlaceLabelRecognizer(), EastAsianAddressRecognizer(),
  ]

  /// Those that know names of persons, places and organisations.
  package static let named: [any IdentifierRecognizer] = [NamesRecognizer()]
}
