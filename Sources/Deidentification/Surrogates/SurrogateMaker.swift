/// Makes the invented values that take the place of identifiers: of the same kind and form, the same
/// for all of a patient's texts, and decided by the key alone.
///
/// Numbers and addresses are drawn from ranges that are reserved for examples where there are such:
/// 555-01xx, example.com, 192.0.2.0/24, social security numbers of area 666.
package struct SurrogateMaker: Sendable {
  let key: SecretKey

  package init(_ key: SecretKey) { self.key = key }

  /// What takes the place of the words of an identifier; never the same words.
  package func surrogate(
    for words: String, of kind: IdentifierClass, patient: String
  ) -> String {
    let first = drawn(for: words, of: kind, patient: patient)
    guard folded(first) == folded(words), Self.isDrawnWhole(kind) else { return first }
    // The chance that all draws give the words again is that of a short number.
    let draws = (1...16).lazy.map { drawn(for: words, of: kind, patient: "\(patient)\n#\($0)") }
    return draws.first { folded($0) != folded(words) } ?? "[\(kind.rawValue)]"
  }

  /// Whether what is drawn may be the words by chance; names and places see to that themselves.
  private static func isDrawnWhole(_ kind: IdentifierClass) -> Bool {
    ![.date, .age, .name, .location, .organization].contains(kind)
  }

  private func drawn(
    for words: String, of kind: IdentifierClass, patient: String
  ) -> String {
    switch kind {
    case .name: NameSurrogate(key, patient).surrogate(for: words)
    case .date:
      DateForm(words).map { $0.shifted(byDays: dayShift(of: patient)) } ?? "[DATE]"
    case .age: age(words)
    case .phone, .fax: phone(words, patient)
    case .email: "person\(pseudonym(words, patient).prefix(6))@example.com"
    case .url: url(words, patient)
    case .ipAddress: address(words, patient)
    case .socialSecurityNumber: security(words, patient)
    case .location: PlaceSurrogate(key, patient).place(for: words)
    case .organization: PlaceSurrogate(key, patient).organization(for: words)
    default: code(words, patient)
    }
  }

  /// An ISO 8601 date or time moved like the dates in the patient's texts; what is none, or no day,
  /// loses all but the year.
  package func shifted(_ time: String, patient: String) -> String {
    let date = String(time.prefix(10))
    guard time.utf8.count >= 10, let form = DateForm(date) else { return String(time.prefix(4)) }
    return form.shifted(byDays: dayShift(of: patient)) + time.dropFirst(10)
  }

  /// By how many days a patient's dates are moved: whole weeks, up to five years either way.
  package func dayShift(of patient: String) -> Int {
    let draw = Int(key.number("date-shift", patient) % 520)
    return 7 * (draw < 260 ? draw - 260 : draw - 259)
  }

  private func pseudonym(_ words: String, _ patient: String) -> String {
    key.pseudonym("surrogate", "\(patient)\n\(folded(words))")
  }

  private func folded(_ words: String) -> String {
    String(decoding: FoldedText.key(words), as: UTF8.self)
  }

  /// Ages above 89 are one group.
  private func age(_ words: String) -> String {
    guard words.contains(where: \.isNumber) else { return "90 or older" }
    if words.allSatisfy(\.isNumber) { return "90 or older" }
    var isWritten = false
    var output = ""
    for character in words {
      if character.isNumber {
        if !isWritten { output += "90+" }
        isWritten = true
      } else {
        output.append(character)
      }
    }
    return output
  }

  // MARK: Numbers

  private func phone(_ words: String, _ patient: String) -> String {
    let digits = words.filter { ("0"..."9").contains($0) }
    let draw = key.number("phone", "\(patient)\n\(digits)")
    var invented = Array(drawn(digits.count, draw))
    let local = Array("55501" + padded(Int(draw >> 8 % 100), 2))
    if digits.count == 7 { invented = local }
    if digits.count == 10 || (digits.count == 11 && digits.first == "1") {
      let areas = [
        "202", "303", "404", "505", "606", "707", "808", "212", "313", "415", "512", "617",
      ]
      invented = (digits.count == 11 ? ["1"] : []) + Array(areas[Int(draw % 12)]) + local
    }
    if digits.hasPrefix("0"), invented.count == digits.count { invented[0] = "0" }
    return written(invented, into: words)
  }

  private func security(_ words: String, _ patient: String) -> String {
    let digits = words.filter { ("0"..."9").contains($0) }
    let draw = key.number("ssn", "\(patient)\n\(digits)")
    var invented = Array(drawn(digits.count, draw))
    if digits.count == 9 { invented.replaceSubrange(0..<3, with: Array("666")) }
    return written(invented, into: words)
  }

  /// A code with other digits in place of digits, other letters in place of letters.
  private func code(_ words: String, _ patient: String) -> String {
    let bytes = key.mac("code", "\(patient)\n\(folded(words))")
    var output = ""
    for (place, character) in words.unicodeScalars.enumerated() {
      let draw = UInt32(bytes[place % 32]) &+ UInt32(place / 32) &* 7
      switch character {
      case "0"..."9": output.unicodeScalars.append(Unicode.Scalar(UInt8(0x30 + draw % 10)))
      case "a"..."z": output.unicodeScalars.append(Unicode.Scalar(UInt8(0x61 + draw % 26)))
      case "A"..."Z": output.unicodeScalars.append(Unicode.Scalar(UInt8(0x41 + draw % 26)))
      default:
        // Letters and digits of other scripts tell as much.
        let isSign = character.properties.isAlphabetic || character.properties.numericType != nil
        output.unicodeScalars.append(isSign ? "0" : character)
      }
    }
    return output
  }

  private func drawn(_ count: Int, _ draw: UInt64) -> [Character] {
    var draw = draw
    return (0..<count).map { _ in
      defer { draw = draw / 10 &+ draw &* 0x9E37_79B9_7F4A_7C15 }
      return Character(String(draw % 10))
    }
  }

  /// The digits in the places of those of a text.
  private func written(_ digits: [Character], into words: String) -> String {
    var next = 0
    return String(
      words.map { character in
        guard character.isNumber, next < digits.count else {
          return character.isNumber ? "0" : character
        }
        next += 1
        return digits[next - 1]
      })
  }

  // MARK: Addresses of the net

  private func url(_ words: String, _ patient: String) -> String {
    let scheme = words.range(of: "://").map { String(words[..<$0.upperBound]) } ?? ""
    return "\(scheme)www.example.com/\(pseudonym(words, patient).prefix(6))"
  }

  private func address(_ words: String, _ patient: String) -> String {
    let draw = key.number("ip", "\(patient)\n\(folded(words))")
    guard words.contains(":") else {
      return ["192.0.2", "198.51.100", "203.0.113"][Int(draw % 3)] + ".\(1 + draw >> 8 % 254)"
    }
    return "2001:db8::\(String(draw >> 8 % 0xFFFF, radix: 16))"
  }
}

extension StringProtocol {
  /// The place of a text in another.
  func range(of other: String) -> Range<String.Index>? { self.firstRange(of: other) }
}

/// A number with zeros before it.
func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
