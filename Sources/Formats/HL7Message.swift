/// A message of HL7 version 2 in its ER7 form: segments of fields.
///
///     MSH|^~\&|LAB|HOSPITAL|EHR|HOSPITAL|20240501||ORU^R01|17|P|2.5
///     PID|1||4711^^^HOSPITAL^MR||…
///
/// Format: HL7 version 2.5.1 to 2.8, chapter 2.
package struct HL7Message: Sendable, Equatable {
  package var segments: [HL7Segment]
  /// The place of its MSH in the input.
  package var byteOffset: Int
  /// The line of its MSH, 1-based.
  package var line: Int

  /// The first segment of a name.
  package func first(_ name: String) -> HL7Segment? { segments.first { $0.name == name } }
}

/// The five signs that a message is divided by, as MSH-1 and MSH-2 state them.
package struct HL7Delimiters: Sendable, Equatable {
  package var field = UInt8(ascii: "|")
  package var component = UInt8(ascii: "^")
  package var repetition = UInt8(ascii: "~")
  package var escape = UInt8(ascii: "\\")
  package var subcomponent = UInt8(ascii: "&")

  package init() {}

  /// The signs of an MSH segment, or nil when they are not four or five different ones.
  init?(header: ArraySlice<UInt8>) {
    guard let field = header.dropFirst(3).first else { return nil }
    let signs = header.dropFirst(4).prefix { $0 != field }
    // A fifth sign of MSH-2 marks shortened texts (2.7); a message may leave the last ones out.
    guard (1...5).contains(signs.count), Set(signs + [field]).count == signs.count + 1,
      !(signs + [field]).contains(where: Self.isTextual)
    else { return nil }
    self.field = field
    let parts = Array(signs)
    component = parts[0]
    if parts.count > 1 { repetition = parts[1] }
    if parts.count > 2 { escape = parts[2] }
    if parts.count > 3 { subcomponent = parts[3] }
  }

  private static func isTextual(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte >= 0x7f || (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte)
      || (0x61...0x7a).contains(byte)
  }
}

/// A line of a message: a name of three signs and its fields.
package struct HL7Segment: Sendable, Equatable {
  package var name: String
  /// The fields by their numbers in the standard; MSH-1 is the sign between fields.
  private let fields: [ArraySlice<UInt8>]
  private let delimiters: HL7Delimiters
  /// The line that it starts on, 1-based.
  package let line: Int

  init(_ bytes: ArraySlice<UInt8>, delimiters: HL7Delimiters, line: Int) {
    var parts = bytes.split(separator: delimiters.field, omittingEmptySubsequences: false)
    name = String(decoding: parts.removeFirst().prefix(3), as: UTF8.self)
    if name == "MSH" { parts.insert([delimiters.field][...], at: 0) }
    fields = parts
    self.delimiters = delimiters
    self.line = line
  }

  /// A field by its number from 1; an empty one where the segment is shorter.
  package subscript(_ number: Int) -> HL7Value {
    let field = fields.indices.contains(number - 1) ? fields[number - 1] : []
    return HL7Value(bytes: field, delimiters: delimiters)
  }

  /// The plain text of a part of a field's first repetition.
  package func text(_ number: Int, _ component: Int = 1, _ subcomponent: Int = 1) -> String {
    let value = self[number].repetitions.first ?? HL7Value(bytes: [], delimiters: delimiters)
    return value.component(component).subcomponent(subcomponent).text
  }
}

/// A field, a repetition, a component or a subcomponent.
package struct HL7Value: Sendable, Equatable {
  private let bytes: ArraySlice<UInt8>
  private let delimiters: HL7Delimiters

  init(bytes: ArraySlice<UInt8>, delimiters: HL7Delimiters) {
    self.bytes = bytes
    self.delimiters = delimiters
  }

  /// Whether nothing is there; `""` says that the sender deletes the value, and is nothing too.
  package var isEmpty: Bool { bytes.isEmpty || bytes.elementsEqual("\"\"".utf8) }

  /// The repetitions of a field, one when it is not repeated.
  package var repetitions: [HL7Value] { parts(by: delimiters.repetition) }

  /// A component by its number from 1.
  package func component(_ number: Int) -> HL7Value { part(number, by: delimiters.component) }

  /// A subcomponent by its number from 1.
  package func subcomponent(_ number: Int) -> HL7Value {
    part(number, by: delimiters.subcomponent)
  }

  /// How many components there are.
  package var componentCount: Int { parts(by: delimiters.component).count }

  /// The text with its escapes resolved, without the blanks around it.
  package var text: String {
    guard !isEmpty else { return "" }
    return HL7Escapes(delimiters).resolved(Self.trimmed(bytes))
  }

  private func parts(by sign: UInt8) -> [HL7Value] {
    bytes.split(separator: sign, omittingEmptySubsequences: false)
      .map { HL7Value(bytes: $0, delimiters: delimiters) }
  }

  private func part(_ number: Int, by sign: UInt8) -> HL7Value {
    let parts = parts(by: sign)
    return parts.indices.contains(number - 1)
      ? parts[number - 1] : HL7Value(bytes: [], delimiters: delimiters)
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes.drop { $0 == 0x20 }
    while rest.last == 0x20 { rest.removeLast() }
    return rest
  }
}

/// Escape sequences → text.
///
///     \F\ | \S\ ^ \T\ & \R\ ~ \E\ \          the signs themselves
///     \X0D0A\                                bytes in hexadecimal
///     \.br\ \.sp2\ \.sk3\                    line ends and blanks of formatted text
///     \H\ \N\ \.in+4\ \.ce\ …                emphasis and layout, which go
///
/// What is none of these, such as the backslashes of a path, stays as it is.
private struct HL7Escapes {
  private let delimiters: HL7Delimiters

  init(_ delimiters: HL7Delimiters) { self.delimiters = delimiters }

  func resolved(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(delimiters.escape) else { return String(decoding: bytes, as: UTF8.self) }
    var text: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      guard byte == delimiters.escape, let end = rest.firstIndex(of: delimiters.escape),
        let meaning = meaning(of: rest[..<end])
      else {
        text.append(byte)
        continue
      }
      text += meaning
      rest = rest[(end + 1)...]
    }
    return String(decoding: text, as: UTF8.self)
  }

  private func meaning(of sequence: ArraySlice<UInt8>) -> [UInt8]? {
    guard sequence.count <= 512 else { return nil }
    switch String(decoding: sequence, as: UTF8.self) {
    case "F": return [delimiters.field]
    case "S": return [delimiters.component]
    case "T": return [delimiters.subcomponent]
    case "R": return [delimiters.repetition]
    case "E": return [delimiters.escape]
    case "H", "N", ".fi", ".nf": return []
    case ".br": return [0x0a]
    case let code where code.hasPrefix("X"): return Self.hexadecimal(sequence.dropFirst())
    case let code where code.hasPrefix("."): return Self.layout(code.dropFirst())
    default: return nil
    }
  }

  private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
    let values = digits.map { UInt8(String(UnicodeScalar($0)), radix: 16) }
    guard !values.isEmpty, values.count.isMultiple(of: 2), !values.contains(nil) else { return nil }
    let bytes = stride(from: 0, to: values.count, by: 2).map { place in
      (values[place] ?? 0) << 4 | (values[place + 1] ?? 0)
    }
    return bytes.map { $0 == 0x0d ? 0x0a : $0 }
  }

  private static func layout(_ code: Substring) -> [UInt8]? {
    let number = Int(code.dropFirst(2).drop { $0 == "+" }.drop { $0 == " " })
    switch code.prefix(2) {
    case "sp": return Array(repeating: 0x0a, count: min(max(number ?? 1, 0), 99))
    case "sk": return Array(repeating: 0x20, count: min(max(number ?? 1, 0), 99))
    case "ce": return [0x0a]
    case "in", "ti": return number == nil ? nil : []
    default: return nil
    }
  }
}
