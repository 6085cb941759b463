import Formats
import Records

/// Messages of HL7 version 2, one timeline for each patient of a message.
///
///     MSH|^~\&|LAB|HOSPITAL|EHR|HOSPITAL|202405011200||ORU^R01|17|P|2.5
///     PID|1||4711^^^HOSPITAL^MR||NAME^GIVEN||19700101|F
///     OBR|1|||24323-8^Metabolic panel^LN|||202405010800
///     OBX|1|NM|2345-7^Glucose^LN||5.4|mmol/L^^UCUM|3.9-5.8|N|||F
///
/// A file holds one message or a batch of them; what bounds them is `HL7Parser`'s, what becomes of
/// their segments `HL7Timeline`'s. Messages that link patients (a merge) have a PID for each, and so a
/// record for each. The id is the path, with `#2`, `#3` … for those after the first. The groups are
/// the patient's identifiers (PID-3, else PID-2), as are the tags `message` (`ORU^R01`), `version`,
/// `processing` and `control_id` facts of the message. A message without a PID is rejected as
/// `missing-field`, one that tells nothing of its patient as `empty-text`.
///
/// Format: HL7 version 2.5.1 to 2.8, www.hl7.org/implement/standards.
struct HL7v2: CorpusReader {
  static let facts = CorpusFacts(
    name: "hl7v2", title: "HL7 version 2 messages", shape: .timeline, license: nil, language: nil,
    forms: ".hl7, .er7, .msg, .txt or none",
    tasks: ["pre-training-text", "ehr-summarisation", "next-diagnoses", "ehr-prediction"],
    isSensitive: true,
    reference: "https://www.hl7.org/implement/standards/product_brief.cfm?product_id=185",
    signatures: [.format("HL7 v2"), .format("HL7 v2 batch")])

  private let settings: ReaderSettings

  init(options: ReaderOptions) throws { settings = try .unmapped(Self.facts, options) }

  func accepts(path: String) -> Bool {
    let name = EntryName(path)
    return ["hl7", "er7", "msg", "txt", ""].contains(name.kind) && !name.isLitter
  }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let path = entry.path
    let bytes = try entry.allBytes()
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      let text: [UInt8]
      do throws(TextError) {
        text = try Self.utf8(of: bytes)
      } catch {
        let place = error.position.byteOffset.map { "byte \($0)" }
        return try outlet.reject(path, .invalidEncoding, value: place, at: 0, to: sink)
      }
      let messages = HL7Parser.messages(in: text)
      if messages.isEmpty { try outlet.reject(path, .emptyText, at: 0, to: sink) }
      var ids = MessageIDs(path: path)
      for message in messages {
        switch message {
        case .success(let message): try read(message, &ids, &outlet, into: sink)
        case .failure(let error):
          try outlet.reject(
            ids.next(), .malformed, value: error.value, at: error.byteOffset, to: sink)
        }
      }
    }
  }

  private func read(
    _ message: HL7Message, _ ids: inout MessageIDs, _ outlet: inout ReadingOutlet,
    into sink: ReadingSink
  ) throws {
    let offset = message.byteOffset
    let parts = HL7PatientPart.parts(of: message)
    if parts.isEmpty {
      try outlet.reject(ids.next(), .missingField, value: "PID", at: offset, to: sink)
    }
    for part in parts {
      let id = ids.next()
      guard let patient = part.identifiers.first else {
        try outlet.reject(id, .missingField, value: "PID-3", at: offset, to: sink)
        continue
      }
      let timeline = HL7Timeline(of: part, in: message)
      try outlet.count("segments", timeline.segmentCount, to: sink)
      try outlet.count("values_not_text", timeline.unreadValueCount, to: sink)
      try outlet.count("facts_withdrawn", timeline.withdrawnCount, to: sink)
      guard !timeline.events.isEmpty else {
        try outlet.reject(id, .emptyText, value: "no events", at: offset, to: sink)
        continue
      }
      let content = Timeline(
        patient: patient, facts: part.facts, events: timeline.events.inTimeOrder())
      var record = settings.record(
        id: id, groups: part.identifiers.map { GroupKey(.patient, $0) }, tags: tags(of: message),
        content: .timeline(content))
      record.identifiers = part.knownIdentifiers
      try outlet.pass(record, at: offset, to: sink)
    }
  }

  private func tags(of message: HL7Message) -> [Tag] {
    guard let header = message.first("MSH") else { return [] }
    let type = [header.text(9), header.text(9, 2)].filter { !$0.isEmpty }.joined(separator: "^")
    return [
      Tag("message", type), Tag("version", header.text(12)), Tag("processing", header.text(11)),
      Tag("control_id", header.text(10)),
    ].filter { !$0.value.isEmpty }
  }

  /// The bytes in UTF-8: MSH-18 may say Latin-1, and old systems write it without saying so.
  private static func utf8(of bytes: [UInt8]) throws(TextError) -> [UInt8] {
    guard bytes.withUnsafeBytes({ UnicodeValidation.firstInvalidOffset(in: $0) }) != nil else {
      return bytes
    }
    let saysLatin = bytes.prefix(4096).split { $0 == 0x0d || $0 == 0x0a }.first {
      $0.starts(with: "MSH".utf8)
    }.map { String(decoding: $0, as: UTF8.self).contains("8859/1") }
    let text = bytes.withUnsafeBytes { bytes in
      Result { () throws(TextError) in
        if saysLatin == true { return try TextDecoder.decode(bytes, as: .windows1252) }
        return try TextDecoder.sniff(bytes).text
      }
    }
    return Array(try text.get().utf8)
  }
}

/// The ids of the readings of a file: its path, then its path with a number.
private struct MessageIDs {
  let path: String
  private var count = 0

  init(path: String) { self.path = path }

  mutating func next() -> String {
    count += 1
    return count == 1 ? path : "\(path)#\(count)"
  }
}

extension HL7Error {
  /// What is wrong, and where.
  fileprivate var value: String {
    switch kind {
    case .noHeader: "line \(line): no MSH segment before it"
    case .noDelimiters: "line \(line): MSH without its delimiters"
    }
  }
}
