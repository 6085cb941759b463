import Formats
import Foundation
import TestSupport

/// The public suites of labelled texts in `conformance`, where they are at hand.
enum LabelledSuite: String, CaseIterable {
  case asqPHI = "asq-phi"
  case presidioResearch = "presidio-research"
  case meddocan

  private static let folder = "\(SharedFolder.path)/conformance"

  static var isAtHand: Bool {
    allCases.allSatisfy { FileManager.default.fileExists(atPath: "\(folder)/\($0.rawValue)") }
  }

  /// The types whose values have a form that a rule can know.
  var formattedTypes: Set<String> {
    switch self {
    case .asqPHI:
      [
        "DATE", "UNIQUE_IDENTIFIER", "MEDICAL_RECORD_NUMBER", "HEALTH_PLAN_BENEFICIARY_NUMBER",
        "PHONE_NUMBER", "SOCIAL_SECURITY_NUMBER", "EMAIL_ADDRESS", "ACCOUNT_NUMBER",
        "CERTIFICATE_LICENSE_NUMBER", "IP_ADDRESS", "FAX_NUMBER",
      ]
    case .presidioResearch:
      [
        "CREDIT_CARD", "US_SSN", "ZIP_CODE", "DOMAIN_NAME", "EMAIL_ADDRESS", "PHONE_NUMBER",
        "IP_ADDRESS", "IBAN_CODE", "US_DRIVER_LICENSE", "DATE_TIME",
      ]
    case .meddocan:
      [
        "CORREO_ELECTRONICO", "FECHAS", "ID_ASEGURAMIENTO", "ID_CONTACTO_ASISTENCIAL",
        "ID_EMPLEO_PERSONAL_SANITARIO", "ID_SUJETO_ASISTENCIA",
        "ID_TITULACION_PERSONAL_SANITARIO", "NUMERO_FAX", "NUMERO_TELEFONO",
      ]
    }
  }

  /// What the recall of formatted identifiers in the reporting half must not fall below.
  ///
  /// The others hold what no form tells: bare town codes, nationalities marked as ids.
  var recallFloor: Double {
    switch self {
    case .asqPHI: 0.99
    case .presidioResearch: 0.94
    case .meddocan: 0.96
    }
  }

  /// The types that are no Safe Harbor identifiers by themselves.
  var otherTypes: Set<String> {
    switch self {
    case .asqPHI: []
    case .presidioResearch: ["NRP", "TITLE", "ORGANIZATION", "AGE", LabelledText.Value.bareYear]
    case .meddocan:
      [
        "EDAD_SUJETO_ASISTENCIA", "FAMILIARES_SUJETO_ASISTENCIA", "OTROS_SUJETO_ASISTENCIA", "PAIS",
        "PROFESION", "SEXO_SUJETO_ASISTENCIA", LabelledText.Value.bareYear,
      ]
    }
  }

  func texts() throws -> [LabelledText] {
    switch self {
    case .asqPHI: try objects(in: "queries.jsonl").map(Self.query)
    case .presidioResearch: try objects(in: "synth_v2.jsonl").map(Self.sentence)
    case .meddocan: try documents()
    }
  }

  private func objects(in file: String) throws -> [JSON] {
    let text = try String(contentsOfFile: "\(Self.folder)/\(rawValue)/\(file)", encoding: .utf8)
    return try text.split(separator: "\n").map { try JSON(parsing: String($0)) }
  }

  /// A query of ASQ-PHI; values that do not occur in it are left out, as its notes say.
  private static func query(_ object: JSON) -> LabelledText {
    let values = object["phi"].elements.filter { !$0["starts"].elements.isEmpty }
    return LabelledText(
      text: object["text"].words,
      values: values.map { .init(type: $0["type"].words, text: $0["value"].words) })
  }

  private static func sentence(_ object: JSON) -> LabelledText {
    let text = object["text"].words
    let values = object["spans"].elements.map { span in
      LabelledText.Value(
        type: span["type"].words, text: span["value"].words,
        range: LabelledText.bytes(of: text, from: span["start"].number, to: span["end"].number))
    }
    return LabelledText(text: text, values: values)
  }

  /// The documents of a brat folder.
  private func documents() throws -> [LabelledText] {
    let folder = "\(Self.folder)/\(rawValue)"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    return try files.filter { $0.hasSuffix(".ann") }.map { file in
      let annotations = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
      let text = try String(
        contentsOfFile: "\(folder)/\(file.dropLast(4)).txt", encoding: .utf8)
      return LabelledText(
        text: text,
        values: annotations.split(separator: "\n").compactMap { Self.annotation($0, of: text) })
    }
  }

  /// A line `T1<TAB>TYPE start end<TAB>text`.
  private static func annotation(_ line: Substring, of text: String) -> LabelledText.Value? {
    let fields = line.split(separator: "\t")
    guard fields.count == 3, line.hasPrefix("T") else { return nil }
    let place = fields[1].split(separator: " ")
    guard let type = place.first else { return nil }
    var range: Range<Int>?
    if place.count == 3, let start = Int(place[1]), let end = Int(place[2]) {
      range = LabelledText.bytes(of: text, from: start, to: end)
    }
    return LabelledText.Value(type: String(type), text: String(fields[2]), range: range)
  }
}

extension JSON {
  fileprivate subscript(key: String) -> JSON {
    guard case .object(let members) = self else { return .null }
    return members.first { $0.key == key }?.value ?? .null
  }

  fileprivate var elements: [JSON] {
    guard case .array(let elements) = self else { return [] }
    return elements
  }

  fileprivate var words: String {
    guard case .string(let words) = self else { return "" }
    return words
  }

  fileprivate var number: Int {
    guard case .number(let number) = self else { return 0 }
    return Int(number) ?? 0
  }
}
