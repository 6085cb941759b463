import Formats
import Records

/// The structured tables of MIMIC-IV (`hosp/`, `icu/`), one timeline a patient.
///
///     hosp/labevents.csv.gz: labevent_id,subject_id,hadm_id,…,itemid,…,charttime,…,value,valuenum,…
///     172061,10014354,29600294,…,51277,…,2148-08-16 00:00:00,…,15.4,15.4,%,…
///
/// All tables of a source are read as one, in any order. Codes are written out with the dictionaries
/// `d_icd_diagnoses`, `d_icd_procedures`, `d_labitems` and `d_items`. Diagnoses and DRG
/// codes have no time of their own: they are given when a stay is coded, so they stand at the end of
/// their admission. A row of `pharmacy` whose order stands in `prescriptions` too makes no event.
/// An empty cell is a missing value; the mask `___` stays, unless the comment or `valuenum` says the
/// value. Times are shifted to 2100–2200 and stay so. Tables without events of their own (`poe`,
/// `emar_detail`) are counted; rows of patients that `patients` lacks are rejected as
/// `missing-counterpart`, patient by patient.
///
/// Format: mimic.mit.edu/docs/iv/modules, versions 2.2 and 3.1. The demo of 100 patients is under the
/// ODbL, which a recipe must assert with its evidence.
struct MIMICIV: CollectingReader {
  static let facts = CorpusFacts(
    name: "mimic-iv", title: "MIMIC-IV: the tables of hosp and icu", shape: .timeline,
    license: .physioNetCredentialed, language: "en", forms: ".csv.gz, .csv in folders",
    tasks: ["ehr-summarisation", "next-diagnoses", "ehr-prediction"], isSensitive: true,
    reference: "https://mimic.mit.edu/docs/iv/",
    signatures: [
      .table(columns: ["subject_id", "hadm_id"]), .table(columns: ["subject_id", "anchor_age"]),
      .table(columns: ["icd_code", "icd_version", "long_title"]),
    ])

  private let settings: ReaderSettings
  private let database = MIMICDatabase(version: 4)

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool { database.tableIndex(path: path) != nil }

  func makeCollection(scratchPath: String?) -> any EntryCollection {
    PatientTableCollection(of: database, settings, scratchPath: scratchPath)
  }
}

/// The structured tables of MIMIC-III, one timeline a patient.
///
///     LABEVENTS.csv.gz: "ROW_ID","SUBJECT_ID","HADM_ID","ITEMID","CHARTTIME","VALUE","VALUENUM",…
///
/// The same as `MIMICIV`, with column names in capitals (in lower case in the demo), ICD-9 codes
/// without a version and procedures without a date, which stand at the end of their admission.
/// NOTEEVENTS is another reader's: `mimic-iii-notes`.
///
/// Format: mimic.mit.edu/docs/iii/tables, version 1.4.
struct MIMICIII: CollectingReader {
  static let facts = CorpusFacts(
    name: "mimic-iii", title: "MIMIC-III: the structured tables", shape: .timeline,
    license: .physioNetCredentialed, language: "en", forms: ".csv.gz, .csv",
    tasks: ["ehr-summarisation", "next-diagnoses", "ehr-prediction"], isSensitive: true,
    reference: "https://mimic.mit.edu/docs/iii/",
    signatures: [
      .table(columns: ["ROW_ID", "SUBJECT_ID", "HADM_ID"]),
      .table(columns: ["ROW_ID", "SUBJECT_ID", "DOB"]),
    ])

  private let settings: ReaderSettings
  private let database = MIMICDatabase(version: 3)

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool { database.tableIndex(path: path) != nil }

  func makeCollection(scratchPath: String?) -> any EntryCollection {
    PatientTableCollection(of: database, settings, scratchPath: scratchPath)
  }
}

/// What the tables of MIMIC say, in the columns of either version.
struct MIMICDatabase: PatientDatabase {
  let tables: [PatientTable]
  /// The name of the database in the names of its own codes.
  private let name: String

  init(version: Int) {
    name = version == 3 ? "MIMIC-III" : "MIMIC-IV"
    tables =
      Self.lookups + Self.patientTables.map(Self.table) + Self.countedTables.map(Self.counted)
  }

  func timeline(
    of patient: String, _ person: NamedCells, rows: [NamedCells], lookups: LookupTables
  ) -> (timeline: Timeline, unusedRows: Int) {
    let stays = MIMICStays(rows: rows)
    let mapping = MIMICEvents(database: name, stays: stays, lookups: lookups)
    var events: [Event] = []
    var unusedRows = 0
    for row in rows {
      let made = mapping.events(of: row)
      if made.isEmpty { unusedRows += 1 }
      events += made
    }
    let timeline = Timeline(
      patient: patient, facts: facts(of: person), events: events.inTimeOrder())
    return (timeline, unusedRows)
  }

  /// Sex, birth and death.
  ///
  /// MIMIC-IV gives the age in one year; an age of 91 stands for 89 and more.
  private func facts(of person: NamedCells) -> [Tag] {
    let age = Int(person["anchor_age"])
    let year = Int(person["anchor_year"])
    let birthYear = age.flatMap { age in year.map { String($0 - age) } } ?? ""
    return [
      Tag("sex", person["gender"]), Tag("birth_date", person.date("dob")),
      Tag("birth_year", birthYear),
      Tag("death_date", person.date("dod")),
    ].filter { !$0.value.isEmpty }
  }
}

// MARK: The tables

extension MIMICDatabase {
  private static let lookups: [PatientTable] = [
    .lookup(
      "d_icd_diagnoses", by: ["icd_version", "icd_code", "icd9_code"], columns: ["long_title"]),
    .lookup(
      "d_icd_procedures", by: ["icd_version", "icd_code", "icd9_code"], columns: ["long_title"]),
    .lookup("d_labitems", by: ["itemid"], columns: ["label", "fluid"]),
    .lookup("d_items", by: ["itemid"], columns: ["label", "unitname"]),
  ]

  private static func table(_ name: String, _ columns: String) -> PatientTable {
    PatientTable(
      name: name, use: .patient(column: "subject_id"),
      columns: columns.split(separator: " ").map(String.init))
  }

  private static func counted(_ name: String) -> PatientTable { .counted(name) }

  private static let patientTables: [(name: String, columns: String)] = [
    ("patients", "gender anchor_age anchor_year dob dod"),
    (
      "admissions",
      "hadm_id admittime dischtime deathtime admission_type admission_location discharge_location"
    ),
    ("transfers", "hadm_id eventtype careunit curr_careunit intime outtime"),
    ("services", "hadm_id transfertime curr_service"),
    ("icustays", "hadm_id first_careunit intime outtime"),
    ("diagnoses_icd", "hadm_id icd_code icd9_code icd_version"),
    ("procedures_icd", "hadm_id chartdate icd_code icd9_code icd_version"),
    ("drgcodes", "hadm_id drg_type drg_code description"),
    (
      "prescriptions",
      """
      hadm_id pharmacy_id starttime startdate stoptime enddate drug ndc prod_strength dose_val_rx \
      dose_unit_rx route
      """
    ),
    ("pharmacy", "hadm_id pharmacy_id starttime stoptime medication route"),
    ("emar", "hadm_id charttime medication event_txt"),
    (
      "labevents",
      """
      hadm_id itemid charttime value valuenum valueuom ref_range_lower ref_range_upper flag comments
      """
    ),
    (
      "microbiologyevents",
      """
      hadm_id chartdate charttime spec_itemid spec_type_desc test_itemid test_name org_name \
      ab_name dilution_text interpretation comments
      """
    ),
    ("omr", "chartdate result_name result_value"),
    ("hcpcsevents", "hadm_id chartdate hcpcs_cd short_description"),
    ("chartevents", "hadm_id itemid charttime value valuenum valueuom warning"),
    ("datetimeevents", "hadm_id itemid charttime value valueuom"),
    ("outputevents", "hadm_id itemid charttime value valueuom"),
    ("procedureevents", "hadm_id itemid starttime endtime value valueuom"),
    ("procedureevents_mv", "hadm_id itemid starttime endtime value valueuom"),
    ("inputevents", "hadm_id itemid starttime endtime amount amountuom"),
    ("inputevents_mv", "hadm_id itemid starttime endtime amount amountuom"),
    ("inputevents_cv", "hadm_id itemid charttime amount amountuom"),
  ]

  private static let countedTables = [
    "poe", "poe_detail", "emar_detail", "provider", "caregiver", "ingredientevents", "caregivers",
    "callout", "cptevents", "d_cpt", "d_hcpcs",
  ]
}

/// When the admissions of a patient began and ended, and which orders stand in two tables.
private struct MIMICStays {
  private var discharges: [String: String] = [:]
  /// The pharmacy orders that are prescriptions as well.
  private(set) var prescribedOrders: Set<String> = []

  init(rows: [NamedCells]) {
    for row in rows {
      switch row.table.name {
      case "admissions": discharges[row["hadm_id"]] = row.time("dischtime", "deathtime")
      case "prescriptions": prescribedOrders.insert(row["pharmacy_id"])
      default: break
      }
    }
    prescribedOrders.remove("")
  }

  /// When an admission was coded: at its end.
  func codingTime(of row: NamedCells) -> String { discharges[row["hadm_id"]] ?? "" }
}

// MARK: Rows → events

/// The events of the rows of one patient.
private struct MIMICEvents {
  let database: String
  let stays: MIMICStays
  let lookups: LookupTables

  func events(of row: NamedCells) -> [Event] {
    switch row.table.name {
    case "admissions": admission(row)
    case "transfers": transfer(row)
    case "services": service(row)
    case "icustays": stay(row)
    case "diagnoses_icd": [diagnosis(row)]
    case "procedures_icd": [procedure(row)]
    case "drgcodes": [relatedGroup(row)]
    case "prescriptions": [prescription(row)]
    case "pharmacy": stays.prescribedOrders.contains(row["pharmacy_id"]) ? [] : [dispensing(row)]
    case "emar": [administration(row)]
    case "labevents": [measurement(row, "d_labitems")]
    case "microbiologyevents": [culture(row)]
    case "omr": [officeReading(row)]
    case "hcpcsevents": [service(ofHCPCS: row)]
    case "chartevents", "datetimeevents", "outputevents": [measurement(row, "d_items")]
    case "procedureevents", "procedureevents_mv": [bedside(row, .procedure, value: "value")]
    default: [bedside(row, .medication, value: "amount")]
    }
  }

  /// The admission, the discharge (whose place is known only then) and a death in hospital.
  private func admission(_ row: NamedCells) -> [Event] {
    let stay = row["hadm_id"]
    let start = Event(
      kind: .encounter, time: row.time("admittime"), end: row.time("dischtime"),
      display: Self.words(
        row["admission_type"], "admission", row["admission_location"], after: "from"),
      encounter: stay)
    let discharge = Event(
      kind: .transfer, time: row.time("dischtime"),
      display: Self.words("Discharge", "", row["discharge_location"], after: "to"),
      encounter: stay)
    let death = Event(
      kind: .other, time: row.time("deathtime"), display: "Death in hospital", encounter: stay)
    return [start] + [discharge, death].filter { !$0.time.isEmpty }
  }

  private static func words(
    _ first: String, _ second: String, _ place: String, after preposition: String
  ) -> String {
    let place = place.isEmpty ? [] : [preposition, place]
    return ([first, second] + place).filter { !$0.isEmpty }.joined(separator: " ")
  }

  private func transfer(_ row: NamedCells) -> [Event] {
    let unit = row["careunit", "curr_careunit"]
    let type = row["eventtype"]
    // The row of a discharge repeats what the admission says.
    guard type != "discharge" else { return [] }
    return [
      Event(
        kind: .transfer, time: row.time("intime"), end: row.time("outtime"),
        display: unit.isEmpty ? "Transfer" : "Transfer to \(unit)", value: type,
        encounter: row["hadm_id"])
    ]
  }

  private func service(_ row: NamedCells) -> [Event] {
    let service = row["curr_service"]
    guard !service.isEmpty else { return [] }
    return [
      Event(
        kind: .transfer, time: row.time("transfertime"), code: service,
        system: "\(database) service", display: "Service \(service)", encounter: row["hadm_id"])
    ]
  }

  private func stay(_ row: NamedCells) -> [Event] {
    [
      Event(
        kind: .transfer, time: row.time("intime"), end: row.time("outtime"),
        display: Self.words("Intensive care stay", "", row["first_careunit"], after: "in"),
        encounter: row["hadm_id"])
    ]
  }

  private func diagnosis(_ row: NamedCells) -> Event {
    let version = icdVersion(of: row)
    let code = row["icd_code", "icd9_code"]
    return Event(
      kind: .diagnosis, time: stays.codingTime(of: row),
      code: ICDCode.diagnosis(code, version: version),
      system: version == 9 ? "ICD-9-CM" : "ICD-10-CM",
      display: title(of: row, in: "d_icd_diagnoses"), encounter: row["hadm_id"])
  }

  private func procedure(_ row: NamedCells) -> Event {
    let version = icdVersion(of: row)
    let date = row.time("chartdate")
    return Event(
      kind: .procedure, time: date.isEmpty ? stays.codingTime(of: row) : date,
      code: ICDCode.procedure(row["icd_code", "icd9_code"], version: version),
      system: version == 9 ? "ICD-9-CM Procedures" : "ICD-10-PCS",
      display: title(of: row, in: "d_icd_procedures"), encounter: row["hadm_id"])
  }

  /// The version of a row's ICD code; MIMIC-III has the ninth only.
  private func icdVersion(of row: NamedCells) -> Int { Int(row["icd_version"]) ?? 9 }

  /// A code's title: the dictionaries are keyed by version (none in MIMIC-III) and undotted code.
  private func title(of row: NamedCells, in table: String) -> String {
    let key = (row["icd_version"], row["icd_code"], row["icd9_code"])
    return lookups.row(key.0, key.1, key.2, of: table)?["long_title"] ?? ""
  }

  private func relatedGroup(_ row: NamedCells) -> Event {
    Event(
      kind: .other, time: stays.codingTime(of: row), code: row["drg_code"],
      system: "\(row["drg_type"]) DRG", display: row["description"], encounter: row["hadm_id"])
  }

  private func prescription(_ row: NamedCells) -> Event {
    let product = row["ndc"]
    // Zero is MIMIC's word for no product.
    let hasProduct = product.contains { $0 != "0" && $0 != "." }
    return Event(
      kind: .medication, time: row.either("starttime", orDate: "startdate"),
      end: row.either("stoptime", orDate: "enddate"), code: hasProduct ? product : "",
      system: hasProduct ? "NDC" : "",
      display: [row["drug"], row["prod_strength"], row["route"]].filter { !$0.isEmpty }
        .joined(separator: ", "),
      value: row["dose_val_rx"], unit: row["dose_unit_rx"], encounter: row["hadm_id"])
  }

  private func dispensing(_ row: NamedCells) -> Event {
    Event(
      kind: .medication, time: row.time("starttime"), end: row.time("stoptime"),
      display: [row["medication"], row["route"]].filter { !$0.isEmpty }.joined(separator: ", "),
      encounter: row["hadm_id"])
  }

  private func administration(_ row: NamedCells) -> Event {
    Event(
      kind: .medication, time: row.time("charttime"), display: row["medication"],
      value: row["event_txt"], encounter: row["hadm_id"])
  }

  private func measurement(_ row: NamedCells, _ dictionary: String) -> Event {
    let item = row["itemid"]
    let meaning = lookups.row(item, of: dictionary)
    let name = [meaning?["label"] ?? "", meaning?["fluid"] ?? ""].filter { !$0.isEmpty }
    let flag = row["flag"]
    let usual = [row["ref_range_lower"], row["ref_range_upper"]]
    return Event(
      kind: .observation, time: row.time("charttime"), code: item, system: "\(database) item",
      display: name.joined(separator: ", "), value: value(of: row), unit: row["valueuom"],
      flag: flag.isEmpty && row["warning"] == "1" ? "warning" : flag,
      range: usual.contains("") ? "" : usual.joined(separator: "-"), encounter: row["hadm_id"])
  }

  /// The value as charted; where it is empty or masked, the comment or the number instead.
  private func value(of row: NamedCells) -> String {
    let value = row["value"]
    guard value.isEmpty || value == "___" else { return value }
    let others = [row["valuenum"], row["comments"]]
    return others.first { !$0.isEmpty && $0 != "___" } ?? value
  }

  private func culture(_ row: NamedCells) -> Event {
    let test = row["test_name"]
    let specimen = row["spec_type_desc"]
    let drug = row["ab_name"]
    let result = [row["interpretation"], row["dilution_text"]].filter { !$0.isEmpty }
    let susceptibility = drug.isEmpty ? "" : "\(drug) \(result.joined(separator: " "))"
    let found = [row["org_name"], susceptibility].filter { !$0.isEmpty }
    return Event(
      kind: .observation, time: row.either("charttime", orDate: "chartdate"),
      code: row["test_itemid", "spec_itemid"], system: "\(database) item",
      display: [test, specimen].filter { !$0.isEmpty }.joined(separator: ", "),
      value: found.isEmpty ? row["comments"] : found.joined(separator: ": "),
      encounter: row["hadm_id"])
  }

  private func officeReading(_ row: NamedCells) -> Event {
    Event(
      kind: .observation, time: row.time("chartdate"), display: row["result_name"],
      value: row["result_value"])
  }

  private func service(ofHCPCS row: NamedCells) -> Event {
    let code = row["hcpcs_cd"]
    return Event(
      kind: .procedure, time: row.time("chartdate"), code: code, system: "HCPCS",
      display: row["short_description"], encounter: row["hadm_id"])
  }

  /// What is given or done over some time at the bedside.
  private func bedside(_ row: NamedCells, _ kind: Event.Kind, value: String) -> Event {
    let item = row["itemid"]
    return Event(
      kind: kind, time: row.time("starttime", "charttime"), end: row.time("endtime"), code: item,
      system: "\(database) item", display: lookups.row(item, of: "d_items")?["label"] ?? "",
      value: row[value], unit: row["\(value)uom"], encounter: row["hadm_id"])
  }
}

extension NamedCells {
  /// A time, else the date that MIMIC gives beside it or instead.
  fileprivate func either(_ name: String, orDate other: String) -> String {
    let time = time(name)
    return time.isEmpty ? date(other) : time
  }
}
