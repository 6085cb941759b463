/// The check digits of public numbers.
enum CheckDigits {
  /// Luhn: cards and NPI.
  static func isLuhn(_ digits: [UInt8]) -> Bool {
    var sum = 0
    for (place, byte) in digits.reversed().enumerated() {
      let digit = Int(byte & 0x0F) << (place & 1)
      sum += digit > 9 ? digit - 9 : digit
    }
    return sum % 10 == 0
  }

  /// ISO 7064 mod 97 of an IBAN.
  static func isIBAN(_ code: [UInt8]) -> Bool {
    guard (15...34).contains(code.count), code[0].isASCIILetter, code[1].isASCIILetter,
      code[2].isDigit, code[3].isDigit
    else { return false }
    var rest = 0
    for byte in code[4...] + code[..<4] {
      if byte.isDigit {
        rest = (rest * 10 + Int(byte & 0x0F)) % 97
      } else {
        rest = (rest * 100 + Int(byte | 0x20) - 0x61 + 10) % 97
      }
    }
    return rest == 1
  }

  /// The check digit of a vehicle identification number (49 CFR 565.15), place 9 of 17.
  static func isVIN(_ code: [UInt8]) -> Bool {
    guard code.count == 17 else { return false }
    let weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
    let letters: [Int] = [
      1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9,
    ]
    var sum = 0
    for (byte, weight) in zip(code, weights) {
      if byte.isDigit {
        sum += Int(byte & 0x0F) * weight
      } else {
        guard !"IOQ".utf8.contains(byte & 0xDF) else { return false }
        sum += letters[Int(byte & 0xDF) - 0x41] * weight
      }
    }
    let check = sum % 11
    return code[8] & 0xDF == 0x58 & 0xDF ? check == 10 : code[8] == 0x30 + UInt8(check)
  }

  /// The letter of a Spanish DNI, or of an NIE whose first letter is X, Y or Z.
  static func isDNI(_ code: [UInt8]) -> Bool {
    guard code.count == 9, var first = code.first, let letter = code.last else { return false }
    switch first & 0xDF {
    case 0x58: first = 0x30
    case 0x59: first = 0x31
    case 0x5A: first = 0x32
    default: break
    }
    let digits = [first] + code[1..<8]
    guard digits.allSatisfy(\.isDigit) else { return false }
    let number = digits.reduce(0) { $0 * 10 + Int($1 & 0x0F) }
    return Array("TRWAGMYFPDXBNJZSQVHLCKE".utf8)[number % 23] == letter & 0xDF
  }

  /// GB 11643: the 18 places of a Chinese resident identity number, with its date of birth.
  static func isResidentIdentity(_ code: [UInt8]) -> Bool {
    guard code.count == 18, code[..<17].allSatisfy(\.isDigit) else { return false }
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(code, weights).reduce(0) { $0 + Int($1.0 & 0x0F) * $1.1 }
    guard Array("10X98765432".utf8)[sum % 11] == code[17] & (code[17].isDigit ? 0xFF : 0xDF) else {
      return false
    }
    return (1850...2100).contains(number(code[6..<10]))
      && CalendarNumbers.isMonthAndDay(number(code[10..<12]), number(code[12..<14]))
  }

  /// The check digit of a Japanese individual number of 12 digits.
  static func isIndividualNumber(_ digits: [UInt8]) -> Bool {
    guard digits.count == 12, digits.allSatisfy(\.isDigit) else { return false }
    var sum = 0
    for place in 1...11 {
      sum += Int(digits[11 - place] & 0x0F) * (place <= 6 ? place + 1 : place - 5)
    }
    let rest = sum % 11
    return Int(digits[11] & 0x0F) == (rest <= 1 ? 0 : 11 - rest)
  }

  /// The key of a French NIR of 15 digits; Corsica's letters count as 19 and 18.
  static func isNIR(_ code: [UInt8]) -> Bool {
    guard code.count == 15, "1278".utf8.contains(code[0]) else { return false }
    var digits = code
    if digits[6] & 0xDF == 0x41 { (digits[5], digits[6]) = (0x31, 0x39) }
    if digits[6] & 0xDF == 0x42 { (digits[5], digits[6]) = (0x31, 0x38) }
    guard digits.allSatisfy(\.isDigit), (1...12).contains(number(digits[3..<5])) else {
      return false
    }
    return 97 - number(digits[..<13]) % 97 == number(digits[13...])
  }

  /// The mod 11 check digit of a British NHS number.
  static func isNHS(_ digits: [UInt8]) -> Bool {
    guard digits.count == 10, digits.allSatisfy(\.isDigit) else { return false }
    let sum = (0..<9).reduce(0) { $0 + Int(digits[$1] & 0x0F) * (10 - $1) }
    let check = (11 - sum % 11) % 11
    return check == Int(digits[9] & 0x0F)
  }

  /// The check digit of a DEA number: two letters and seven digits.
  static func isDEA(_ code: [UInt8]) -> Bool {
    guard code.count == 9, code[0].isASCIILetter, code[1].isASCIILetter || code[1] == 0x39,
      code[2...].allSatisfy(\.isDigit)
    else { return false }
    let digits = code[2...].map { Int($0 & 0x0F) }
    return (digits[0] + digits[2] + digits[4] + 2 * (digits[1] + digits[3] + digits[5])) % 10
      == digits[6]
  }

  /// The pattern of a Medicare beneficiary identifier, `1EG4TE5MK73` (CMS, 2017).
  static func isMBI(_ code: [UInt8]) -> Bool {
    guard code.count == 11 else { return false }
    return zip(code, "CABNABNAANN".utf8).allSatisfy { byte, kind in
      let isLetter = byte.isASCIILetter && !"SLOIBZ".utf8.contains(byte & 0xDF)
      return switch kind {
      case 0x43: byte.isDigit && byte != 0x30
      case 0x41: isLetter
      case 0x42: isLetter || byte.isDigit
      default: byte.isDigit
      }
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int {
    digits.reduce(0) { $0 * 10 + Int($1 & 0x0F) }
  }
}
