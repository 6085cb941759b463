extension IdentifierSelfTest {
  /// Examples of names, places and organisations.
  static let namedExamples: [Example] = [
    Example(.name, "Grace Parkinson", in: "Patient Name: Grace Parkinson"),
    Example(.name, "Bell", in: "Dr. Bell was called for the Bell palsy."),
    Example(.name, "Hawthorne, Rose M", in: "Name: Hawthorne, Rose M"),
    Example(.name, "O'Brien-Katz", in: "Discussed with Mrs. O'Brien-Katz."),
    Example(.name, "nguyen", in: "dr. nguyen started metformin"),
    Example(.name, "Jo\u{200B}hn Smith", in: "Jo\u{200B}hn Smith was admitted."),
    Example(.location, "Chicago", in: "He moved to Chicago last year."),
    Example(.location, "Cedar Falls", in: "She lives in Cedar Falls, Iowa."),
    Example(.organization, "St. Mary's Hospital", in: "Transferred from St. Mary's Hospital."),
    Example(.organization, "UCSF", in: "Treated at UCSF for a year."),
  ]
}
