import Formats
import Records

/// The segments of a message about one patient → events.
///
/// | Segment | Event |
/// |---|---|
/// | EVN | what the message tells of: admit, transfer, discharge … |
/// | PV1, PV2 | the encounter and why; its number goes to the events after it |
/// | SCH, AIS | an appointment and its services |
/// | DG1, PRB | diagnoses and problems |
/// | PR1, OBR | procedures, orders and panels |
/// | OBX | an observation; text (TX, FT, or text in ED) a note, its lines joined |
/// | RXO, RXE, RXD, RXG, RXA, RXC | medication ordered, dispensed, given; RXA of a vaccine an immunization |
/// | AL1, IAM | allergies |
/// | NTE | a note |
///
/// What the sender takes back (an action code D or DE, OBX-11 D or W) is counted and left out, so are values
/// that are no text (pictures, pointers to other systems). Insurance, staff and equipment
/// are not about the patient's health and make no events.
struct HL7Timeline {
  private(set) var events: [Event] = []
  private(set) var segmentCount = 0
  /// The values that hold pictures or other files, or point to them.
  private(set) var unreadValueCount = 0
  private(set) var withdrawnCount = 0

  private let messageType: String
  private let trigger: String
  private var encounter = ""
  private var admissionTime = ""
  /// The time that segments without one of their own are from: of the order, of the document.
  private var time = ""
  private var orderTime = ""
  private var document = ""
  /// The segment before, so that the lines of one text are joined.
  private var previous: (name: String, code: String) = ("", "")

  init(of part: HL7PatientPart, in message: HL7Message) {
    let header = message.first("MSH")
    messageType = header?.text(9) ?? ""
    trigger = header?.text(9, 2) ?? ""
    segmentCount = part.segments.count
    for segment in part.segments { take(segment) }
  }

  private mutating func take(_ segment: HL7Segment) {
    var code = ""
    switch segment.name {
    case "EVN": takeTrigger(segment)
    case "PV1": takeVisit(segment)
    case "PV2": takeVisitReason(segment)
    case "TXA": takeDocument(segment)
    case "ORC": orderTime = HL7Time.iso(segment.text(9))
    case "OBX":
      code = segment.text(3)
      takeObservation(segment, code: code)
    case "NTE":
      let lines = segment[3].repetitions.map(\.text).joined(separator: "\n")
      takeNote(lines, display: "Comment", code: HL7Code(segment[4]), joins: previous.name == "NTE")
    default:
      if let row = HL7SegmentRow.rows[segment.name] { take(segment, by: row) }
    }
    previous = (segment.name, code)
  }

  private mutating func append(_ event: Event) {
    var event = event
    event.encounter = encounter
    events.append(event)
  }

  private mutating func take(_ segment: HL7Segment, by row: HL7SegmentRow) {
    let code = HL7Code(segment[row.code])
    let described = row.text.map { segment.text($0) } ?? ""
    let display = code.text.isEmpty ? (described.isEmpty ? code.code : described) : code.text
    guard !display.isEmpty else { return }
    guard row.action.map({ !["D", "DE"].contains(segment.text($0)) }) ?? true else {
      withdrawnCount += 1
      return
    }
    let own = row.times.lazy.map { HL7Time.iso(segment.text($0.field, $0.component)) }
      .first { !$0.isEmpty }
    let isVaccine = segment.name == "RXA" && (messageType == "VXU" || code.system == "CVX")
    if segment.name == "OBR" { time = own ?? orderTime }
    // 999 stands for an amount that is not known (CDC implementation guide, RXA-6).
    let amount = row.value.map { segment.text($0) }.flatMap { $0 == "999" ? nil : $0 } ?? ""
    append(
      Event(
        kind: isVaccine ? .immunization : Self.isImaging(segment) ? .imaging : row.kind,
        time: own ?? (row.isOrder ? orderTime : ""),
        end: row.end.map { HL7Time.iso(segment.text($0)) } ?? "", code: code.code,
        system: code.system, display: display, value: amount,
        unit: amount.isEmpty ? "" : row.unit.map { HL7Code(segment[$0]).unit } ?? "",
        flag: row.flag.map { HL7Code(segment[$0]).display } ?? Self.refusal(in: segment),
        status: row.statuses.lazy.map { HL7Code(segment[$0]).display }.first { !$0.isEmpty } ?? ""))
  }

  /// What RXA-20 says of a dose that was not given, or not all of it (HL7 table 0322).
  private static func refusal(in segment: HL7Segment) -> String {
    guard segment.name == "RXA" else { return "" }
    switch segment.text(20) {
    case "RE": return "refused"
    case "NA": return "not administered"
    case "PA": return "partially administered"
    default: return ""
    }
  }

  /// Whether an order is one of the sections of radiology (OBR-24, HL7 table 0074).
  private static func isImaging(_ segment: HL7Segment) -> Bool {
    segment.name == "OBR"
      && ["RAD", "RX", "CT", "NMR", "MR", "RUS", "NMS", "XRC", "VUS", "OUS", "CUS"]
        .contains(segment.text(24))
  }
}

// MARK: Visits and documents

extension HL7Timeline {
  private mutating func takeTrigger(_ segment: HL7Segment) {
    let code = trigger.isEmpty ? segment.text(1) : trigger
    guard messageType == "ADT", let event = Self.triggers[code] else { return }
    let times = [6, 2].map { HL7Time.iso(segment.text($0)) }
    append(
      Event(
        kind: event.kind, time: times.first { !$0.isEmpty } ?? "", code: code,
        system: "HL7 trigger event", display: event.display))
  }

  private mutating func takeVisit(_ segment: HL7Segment) {
    encounter = segment.text(19)
    admissionTime = HL7Time.iso(segment.text(44))
    let visitClass = HL7Code(segment[2])
    guard !visitClass.code.isEmpty else { return }
    append(
      Event(
        kind: .encounter, time: admissionTime, end: HL7Time.iso(segment.text(45)),
        code: visitClass.code, system: "HL7 patient class",
        display: Self.classes[visitClass.code] ?? visitClass.display,
        value: HL7Code(segment[10]).display))
  }

  private mutating func takeVisitReason(_ segment: HL7Segment) {
    let reason = HL7Code(segment[3])
    guard !reason.display.isEmpty else { return }
    append(
      Event(
        kind: .encounter, time: admissionTime, code: reason.code, system: reason.system,
        display: "Reason for admission",
        value: reason.display))
  }

  private mutating func takeDocument(_ segment: HL7Segment) {
    let type = segment.text(2)
    document = Self.documents[type] ?? type
    let times = [4, 6, 7].map { HL7Time.iso(segment.text($0)) }
    time = times.first { !$0.isEmpty } ?? time
  }

  /// HL7 table 0004.
  private static let classes = [
    "E": "Emergency", "I": "Inpatient", "O": "Outpatient", "P": "Preadmit",
    "R": "Recurring patient", "B": "Obstetrics", "C": "Commercial account", "U": "Unknown",
  ]

  /// HL7 table 0270.
  private static let documents = [
    "AR": "Autopsy report", "CD": "Cardiodiagnostics", "CN": "Consultation",
    "DI": "Diagnostic imaging", "DS": "Discharge summary", "ED": "Emergency department report",
    "HP": "History and physical examination", "OP": "Operative report",
    "PC": "Psychiatric consultation", "PH": "Psychiatric history and physical examination",
    "PN": "Procedure note", "PR": "Progress note", "SP": "Surgical pathology",
    "TS": "Transfer summary",
  ]

  /// HL7 table 0003, the events of ADT.
  private static let triggers: [String: (display: String, kind: Event.Kind)] = [
    "A01": ("Admit", .encounter), "A02": ("Transfer", .transfer), "A03": ("Discharge", .encounter),
    "A04": ("Register", .encounter), "A05": ("Pre-admit", .encounter),
    "A06": ("Change an outpatient to an inpatient", .transfer),
    "A07": ("Change an inpatient to an outpatient", .transfer),
    "A08": ("Update patient information", .other), "A09": ("Patient departing", .transfer),
    "A10": ("Patient arriving", .transfer), "A11": ("Cancel admit", .encounter),
    "A12": ("Cancel transfer", .transfer), "A13": ("Cancel discharge", .encounter),
    "A14": ("Pending admit", .encounter), "A15": ("Pending transfer", .transfer),
    "A16": ("Pending discharge", .encounter), "A25": ("Cancel pending discharge", .encounter),
    "A26": ("Cancel pending transfer", .transfer), "A27": ("Cancel pending admit", .encounter),
    "A28": ("Add person information", .other), "A29": ("Delete person information", .other),
    "A31": ("Update person information", .other), "A40": ("Merge patient", .other),
    "A41": ("Merge account", .other), "A45": ("Move visit information", .other),
    "A47": ("Change patient identifiers", .other), "A60": ("Update allergy information", .other),
  ]
}

// MARK: Observations and texts

extension HL7Timeline {
  private mutating func takeObservation(_ segment: HL7Segment, code: String) {
    guard !["D", "W"].contains(segment.text(11)) else {
      withdrawnCount += 1
      return
    }
    switch segment.text(2) {
    case "TX", "FT":
      let lines = segment[5].repetitions.map(\.text).joined(separator: "\n")
      takeText(lines, segment, code)
    case "ED":
      guard let text = Self.embeddedText(segment[5]) else {
        if !segment[5].isEmpty { unreadValueCount += 1 }
        return
      }
      takeText(text, segment, code)
    case "RP": unreadValueCount += 1
    default: takeValue(segment)
    }
  }

  private mutating func takeText(_ text: String, _ segment: HL7Segment, _ code: String) {
    let name = HL7Code(segment[3])
    takeNote(
      text, display: document.isEmpty ? name.display : document, code: name,
      time: HL7Time.iso(segment.text(14)), status: segment.text(11),
      joins: previous == ("OBX", code) && events.last?.kind == .note)
  }

  private mutating func takeNote(
    _ text: String, display: String, code: HL7Code, time ownTime: String = "", status: String = "",
    joins: Bool
  ) {
    if joins, let last = events.indices.last, events[last].kind == .note {
      return events[last].value += "\n\(text)"
    }
    guard !TidyText.isBlank(text) else { return }
    append(
      Event(
        kind: .note, time: ownTime.isEmpty ? time : ownTime, code: code.code, system: code.system,
        display: display, value: text, status: status))
  }

  private mutating func takeValue(_ segment: HL7Segment) {
    let name = HL7Code(segment[3])
    guard !name.display.isEmpty else { return }
    let ownTime = HL7Time.iso(segment.text(14))
    let values = segment[5].repetitions.map { Self.text(of: $0, type: segment.text(2)) }
    let flags = segment[8].repetitions.map { $0.component(1).text }
    append(
      Event(
        kind: .observation, time: ownTime.isEmpty ? time : ownTime, code: name.code,
        system: name.system, display: name.display,
        value: values.filter { !$0.isEmpty }.joined(separator: "; "),
        unit: HL7Code(segment[6]).unit,
        flag: flags.filter { !$0.isEmpty }.joined(separator: ", "), range: segment[7].text,
        status: segment.text(11)))
  }

  private static func text(of value: HL7Value, type: String) -> String {
    switch type {
    case "CE", "CWE", "CNE", "CF": HL7Code(value).display
    // Comparator, number, separator, number: `>^100`, `^1^:^128`.
    case "SN": (1...4).map { value.component($0).text }.joined()
    case "DT", "TS", "DTM", "TM": HL7Time.iso(value.component(1).text)
    case "CQ", "NM":
      [value.component(1).text, value.component(2).text].filter { !$0.isEmpty }
        .joined(separator: " ")
    default:
      (1...value.componentCount).map { value.component($0).text }.filter { !$0.isEmpty }
        .joined(separator: " ")
    }
  }

  /// The text of an encapsulated value (source, type, subtype, encoding, data), or nil when it is
  /// none.
  private static func embeddedText(_ value: HL7Value) -> String? {
    let type = value.component(2).text.lowercased()
    let subtype = value.component(3).text.lowercased()
    guard ["text", "tx", "ft"].contains(type), ["", "plain", "txt", "x-hl7-text"].contains(subtype)
    else { return nil }
    let data = value.component(5).text
    guard value.component(4).text.lowercased() == "base64" else { return data }
    let bytes = Base64.decoded(data.utf8)
    return bytes.flatMap { bytes in bytes.withUnsafeBytes { try? TextDecoder.sniff($0).text } }
  }
}

/// Where a segment has what makes an event, by the numbers of its fields.
private struct HL7SegmentRow {
  var kind: Event.Kind
  var code: Int
  var text: Int?
  var times: [(field: Int, component: Int)] = []
  var end: Int?
  var value: Int?
  var unit: Int?
  var flag: Int?
  var statuses: [Int] = []
  /// Says that the sender takes the thing back, where it is `D` or `DE`.
  var action: Int?
  /// Whether the time of the order before it is its time where it has none.
  var isOrder = false

  static let rows: [String: HL7SegmentRow] = [
    "DG1": HL7SegmentRow(
      kind: .diagnosis, code: 3, text: 4, times: [(5, 1)], statuses: [6], action: 21),
    "PRB": HL7SegmentRow(
      kind: .diagnosis, code: 3, times: [(16, 1), (7, 1)], statuses: [14, 13], action: 1),
    "PR1": HL7SegmentRow(
      kind: .procedure, code: 3, text: 4, times: [(5, 1)], action: 20),
    "OBR": HL7SegmentRow(
      kind: .procedure, code: 4, times: [(7, 1), (6, 1)], statuses: [25], isOrder: true),
    "SCH": HL7SegmentRow(kind: .encounter, code: 7, times: [(11, 4)], statuses: [25]),
    "AIS": HL7SegmentRow(kind: .procedure, code: 3, times: [(4, 1)], statuses: [10]),
    "AL1": HL7SegmentRow(kind: .allergy, code: 3, times: [(6, 1)], value: 5, flag: 4),
    "IAM": HL7SegmentRow(
      kind: .allergy, code: 3, times: [(11, 1), (13, 1)], value: 5, flag: 4, action: 6),
    "RXA": HL7SegmentRow(
      kind: .medication, code: 5, times: [(3, 1)], end: 4, value: 6, unit: 7, statuses: [20],
      action: 21),
    "RXO": HL7SegmentRow(kind: .medication, code: 1, value: 2, unit: 4, isOrder: true),
    "RXE": HL7SegmentRow(kind: .medication, code: 2, value: 3, unit: 5, isOrder: true),
    "RXD": HL7SegmentRow(kind: .medication, code: 2, times: [(3, 1)], value: 4, unit: 5),
    "RXG": HL7SegmentRow(kind: .medication, code: 4, times: [(3, 1)], value: 5, unit: 7),
    "RXC": HL7SegmentRow(kind: .medication, code: 2, value: 3, unit: 4, isOrder: true),
  ]
}
