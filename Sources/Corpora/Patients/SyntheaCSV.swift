import Formats
import Records

/// Invented patients in the CSV export of Synthea, one timeline a patient.
///
///     conditions.csv: START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION
///     2023-01-27,2023-02-09,3edac2e3-…,57f2562b-…,195662009,Acute viral pharyngitis (disorder)
///
/// All tables are read as one; the patient's UUID joins them. An empty STOP means that it goes on.
/// Observations have a number, a text or a code as `VALUE`, by `TYPE`. Claims, payers, organisations
/// and providers make no events and are counted. Rows of patients that `patients` lacks are rejected
/// as `missing-counterpart`, patient by patient. Newer exports have more columns, older ones fewer:
/// `SYSTEM` and the reactions of allergies are taken where they are.
///
/// Format: github.com/synthetichealth/synthea/wiki/CSV-File-Data-Dictionary, 2023.
struct SyntheaCSV: CollectingReader {
  static let facts = CorpusFacts(
    name: "synthea-csv", title: "Synthea: invented patients, CSV export", shape: .timeline,
    license: .apache2, language: "en", forms: ".7z, .zip of .csv",
    tasks: ["ehr-summarisation", "next-diagnoses", "ehr-prediction"],
    reference: "https://github.com/synthetichealth/synthea/wiki/CSV-File-Data-Dictionary",
    signatures: [
      .table(columns: ["PATIENT", "ENCOUNTER", "CODE", "DESCRIPTION"]),
      .table(columns: ["Id", "BIRTHDATE", "DEATHDATE", "SSN", "DRIVERS"]),
    ])

  private let settings: ReaderSettings
  private let database = SyntheaDatabase()

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool { database.tableIndex(path: path) != nil }

  func makeCollection(scratchPath: String?) -> any EntryCollection {
    PatientTableCollection(of: database, settings, scratchPath: scratchPath)
  }
}

/// What the tables of Synthea say.
struct SyntheaDatabase: PatientDatabase {
  let tables: [PatientTable] =
    [
      PatientTable(
        name: "patients", use: .patient(column: "Id"),
        columns: ["BIRTHDATE", "DEATHDATE", "RACE", "ETHNICITY", "GENDER"] + Self.identifying)
    ]
    + [
      ("encounters", "Id START STOP ENCOUNTERCLASS CODE DESCRIPTION REASONDESCRIPTION"),
      ("conditions", "START STOP ENCOUNTER SYSTEM CODE DESCRIPTION"),
      ("observations", "DATE ENCOUNTER CODE DESCRIPTION VALUE UNITS"),
      ("medications", "START STOP ENCOUNTER CODE DESCRIPTION REASONDESCRIPTION"),
      ("procedures", "START STOP DATE ENCOUNTER SYSTEM CODE DESCRIPTION REASONDESCRIPTION"),
      ("immunizations", "DATE ENCOUNTER CODE DESCRIPTION"),
      (
        "allergies",
        """
        START STOP ENCOUNTER CODE SYSTEM DESCRIPTION DESCRIPTION1 SEVERITY1 DESCRIPTION2 SEVERITY2
        """
      ),
      ("careplans", "START STOP ENCOUNTER CODE DESCRIPTION REASONDESCRIPTION"),
      ("devices", "START STOP ENCOUNTER CODE DESCRIPTION"),
      (
        "imaging_studies",
        "DATE ENCOUNTER BODYSITE_CODE BODYSITE_DESCRIPTION MODALITY_CODE MODALITY_DESCRIPTION"
      ),
      ("supplies", "DATE ENCOUNTER CODE DESCRIPTION QUANTITY"),
    ].map { name, columns in
      PatientTable(
        name: name, use: .patient(column: "PATIENT"),
        columns: columns.split(separator: " ").map(String.init))
    }
    + [
      "claims", "claims_transactions", "payers", "payer_transitions", "organizations", "providers",
    ]
    .map { .counted($0) }

  private static let identifying = [
    "SSN", "DRIVERS", "PASSPORT", "FIRST", "MIDDLE", "LAST", "MAIDEN", "BIRTHPLACE", "ADDRESS",
    "CITY", "COUNTY", "ZIP",
  ]

  let identifiers: [KnownIdentifier.Kind: [String]] = [
    .name: ["FIRST", "MIDDLE", "LAST", "MAIDEN"], .socialSecurityNumber: ["SSN"],
    .license: ["DRIVERS"], .identifier: ["PASSPORT"], .street: ["ADDRESS"],
    .city: ["CITY", "COUNTY"], .postalCode: ["ZIP"], .date: ["BIRTHDATE", "DEATHDATE"],
  ]

  func timeline(
    of patient: String, _ person: NamedCells, rows: [NamedCells], lookups: LookupTables
  ) -> (timeline: Timeline, unusedRows: Int) {
    let events = rows.map(event)
    let timeline = Timeline(
      patient: patient, facts: facts(of: person), events: events.inTimeOrder())
    return (timeline, 0)
  }

  private func facts(of person: NamedCells) -> [Tag] {
    [
      Tag("sex", person["GENDER"]), Tag("birth_date", person.time("BIRTHDATE")),
      Tag("death_date", person.time("DEATHDATE")), Tag("race", person["RACE"]),
      Tag("ethnicity", person["ETHNICITY"]),
    ].filter { !$0.value.isEmpty }
  }

  private func event(_ row: NamedCells) -> Event {
    switch row.table.name {
    case "encounters": encounter(row)
    case "conditions": coded(row, .diagnosis, "SNOMED CT")
    case "observations": observation(row)
    case "medications": coded(row, .medication, "RxNorm")
    case "procedures": coded(row, .procedure, "SNOMED CT")
    case "immunizations": coded(row, .immunization, "CVX")
    case "allergies": allergy(row)
    case "careplans": coded(row, .carePlan, "SNOMED CT")
    case "devices": coded(row, .device, "SNOMED CT")
    case "imaging_studies": imaging(row)
    default: supply(row)
    }
  }

  private func encounter(_ row: NamedCells) -> Event {
    let kind = row["ENCOUNTERCLASS"]
    var event = coded(row, .encounter, "SNOMED CT")
    event.encounter = row["Id"]
    if !kind.isEmpty { event.display += " (\(kind))" }
    return event
  }

  /// A row with a code and its words, and what it was done for.
  private func coded(_ row: NamedCells, _ kind: Event.Kind, _ system: String) -> Event {
    let reason = row["REASONDESCRIPTION"]
    let named = row["SYSTEM"]
    return Event(
      kind: kind, time: row.time("START", "DATE"), end: row.time("STOP"), code: row["CODE"],
      system: row["CODE"].isEmpty ? "" : named.isEmpty ? system : CodingSystem.name(of: named),
      display: row["DESCRIPTION"] + (reason.isEmpty ? "" : " for \(reason)"),
      encounter: row["ENCOUNTER"])
  }

  private func observation(_ row: NamedCells) -> Event {
    // Scores that Synthea made up itself have names for codes: `QALY`, `DALY`.
    let isLOINC = row["CODE"].contains("-")
    var event = coded(row, .observation, isLOINC ? "LOINC" : "Synthea")
    event.value = row["VALUE"]
    event.unit = row["UNITS"]
    return event
  }

  private func allergy(_ row: NamedCells) -> Event {
    var event = coded(row, .allergy, "SNOMED CT")
    event.value = [1, 2].map { number in
      let reaction = row["DESCRIPTION\(number)"]
      let severity = row["SEVERITY\(number)"].lowercased()
      return severity.isEmpty ? reaction : "\(reaction) (\(severity))"
    }.filter { !$0.isEmpty }.joined(separator: ", ")
    return event
  }

  private func imaging(_ row: NamedCells) -> Event {
    Event(
      kind: .imaging, time: row.time("DATE"), code: row["MODALITY_CODE"], system: "DICOM",
      display: [row["MODALITY_DESCRIPTION"], row["BODYSITE_DESCRIPTION"]]
        .filter { !$0.isEmpty }.joined(separator: ", "),
      encounter: row["ENCOUNTER"])
  }

  private func supply(_ row: NamedCells) -> Event {
    var event = coded(row, .other, "SNOMED CT")
    event.value = row["QUANTITY"]
    return event
  }
}
