/// A decimal number of any size, exactly as written: `digits × 10^exponent`.
///
/// Digits have no leading and no trailing zeros, so that `1.0`, `1` and `10e-1` are one number;
/// zero has no digits.
struct ExactNumber: Sendable, Hashable {
  private(set) var isNegative = false
  private(set) var digits: [UInt8] = []
  private(set) var exponent = 0

  /// The bound of exponents; what goes beyond is held at it.
  private static let exponentLimit = 1 << 50

  /// The number of a text in JSON's notation; what is none reads as far as it goes.
  init(_ text: UnsafeRawBufferPointer) {
    var isFraction = false
    for (offset, byte) in text.enumerated() {
      switch byte {
      case UInt8(ascii: "-"): isNegative = true
      case UInt8(ascii: "."): isFraction = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if isFraction { exponent -= 1 }
        if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte - UInt8(ascii: "0")) }
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        exponent += Self.exponent(UnsafeRawBufferPointer(rebasing: text[(offset + 1)...]))
        normalize()
        return
      default: break
      }
    }
    normalize()
  }

  init(_ text: String) {
    var text = text
    self = text.withUTF8 { ExactNumber(UnsafeRawBufferPointer($0)) }
  }

  /// Whether the number has no fraction.
  var isInteger: Bool { exponent >= 0 }

  private static func exponent(_ text: UnsafeRawBufferPointer) -> Int {
    var value = 0
    for byte in text where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      value = min(value * 10 + Int(byte - UInt8(ascii: "0")), exponentLimit)
    }
    return text.first == UInt8(ascii: "-") ? -value : value
  }

  private mutating func normalize() {
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    guard digits.isEmpty else { return }
    exponent = 0
    isNegative = false
  }
}

extension ExactNumber: Comparable {
  static func < (first: ExactNumber, second: ExactNumber) -> Bool {
    guard first.isNegative == second.isNegative else { return first.isNegative }
    return first.isNegative
      ? isMagnitude(second, below: first) : isMagnitude(first, below: second)
  }

  private static func isMagnitude(_ first: ExactNumber, below second: ExactNumber) -> Bool {
    guard !first.digits.isEmpty, !second.digits.isEmpty else {
      return first.digits.isEmpty && !second.digits.isEmpty
    }
    let firstTop = first.digits.count + first.exponent
    let secondTop = second.digits.count + second.exponent
    guard firstTop == secondTop else { return firstTop < secondTop }
    return first.digits.lexicographicallyPrecedes(second.digits)
  }
}

extension ExactNumber {
  /// The digits as an integer, when they are few enough to divide by (up to 18).
  var divisor: UInt64? {
    guard !digits.isEmpty, digits.count <= 18 else { return nil }
    return digits.reduce(0) { $0 * 10 + UInt64($1) }
  }

  /// Whether the number is an integer times `other`, whose digits are `divisor`.
  ///
  /// With no trailing zeros in our digits, a larger power of ten in `other` cannot be matched.
  func isMultiple(of other: ExactNumber, divisor: UInt64) -> Bool {
    guard !digits.isEmpty else { return true }
    guard exponent >= other.exponent else { return false }
    let remainder = digits.reduce(UInt64(0)) { ($0 * 10 + UInt64($1)) % divisor }
    let scale = Self.powerOfTen(exponent - other.exponent, modulo: divisor)
    return Self.product(remainder, scale, modulo: divisor) == 0
  }

  private static func powerOfTen(_ exponent: Int, modulo divisor: UInt64) -> UInt64 {
    var result = 1 % divisor
    var square = 10 % divisor
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = product(result, square, modulo: divisor) }
      square = product(square, square, modulo: divisor)
      rest >>= 1
    }
    return result
  }

  private static func product(_ first: UInt64, _ second: UInt64, modulo divisor: UInt64) -> UInt64 {
    divisor.dividingFullWidth(first.multipliedFullWidth(by: second)).remainder
  }
}
