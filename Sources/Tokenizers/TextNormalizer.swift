import CUTF8Proc
import Glibc

/// A step that a text goes through before it is cut: `normalizer` of a `tokenizer.json`.
indirect enum TextNormalizer: Sendable {
  case form(UnicodeForm)
  case lowercase
  case strip(left: Bool, right: Bool)
  case stripAccents
  case replace(what: [UInt8], with: [UInt8])
  case replacePattern(RegexPattern, with: [UInt8])
  case prepend([UInt8])
  case nmt
  case bert(BertCleaning)
  case precompiled(PrecompiledCharacterMap)
  case sequence([TextNormalizer])

  /// A normalisation form of Unicode.
  enum UnicodeForm: String, Sendable {
    case nfc = "NFC"
    case nfd = "NFD"
    case nfkc = "NFKC"
    case nfkd = "NFKD"
  }

  /// What BERT does to texts.
  struct BertCleaning: Sendable {
    var cleans: Bool
    var separatesIdeographs: Bool
    var stripsAccents: Bool
    var lowercases: Bool
  }

  func apply(to text: inout [UInt8], _ state: RegexState) throws(TokenizerError) {
    switch self {
    case .form(let form): form.apply(to: &text)
    case .lowercase: text.lowercase()
    case .strip(let left, let right): text.strip(left: left, right: right)
    case .stripAccents: text.mapScalars { ScalarClass.isMark($0) ? nil : $0 }
    case .replace(let what, let new): text.replace(what, with: new)
    case .replacePattern(let pattern, let new): try text.replace(pattern, with: new, state)
    case .prepend(let prefix):
      if !text.isEmpty { text.insert(contentsOf: prefix, at: 0) }
    case .nmt: text.mapScalars(Self.nmt)
    case .bert(let cleaning): cleaning.apply(to: &text)
    case .precompiled(let map): map.apply(to: &text)
    case .sequence(let steps):
      for step in steps { try step.apply(to: &text, state) }
    }
  }

  /// Takes out controls, and makes blanks of what looks like one (`Nmt` of the library).
  private static func nmt(_ value: UInt32) -> UInt32? {
    switch value {
    case 0x01...0x08, 0x0B, 0x0E...0x1F, 0x7F, 0x8F, 0x9F: nil
    case 0x09, 0x0A, 0x0C, 0x0D, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD:
      0x20
    default: value
    }
  }
}

extension TextNormalizer.UnicodeForm {
  func apply(to text: inout [UInt8]) {
    guard !text.withUnsafeBufferPointer(isSurelyNormal) else { return }
    var options = UTF8PROC_STABLE.rawValue
    switch self {
    case .nfc: options |= UTF8PROC_COMPOSE.rawValue
    case .nfd: options |= UTF8PROC_DECOMPOSE.rawValue
    case .nfkc: options |= UTF8PROC_COMPOSE.rawValue | UTF8PROC_COMPAT.rawValue
    case .nfkd: options |= UTF8PROC_DECOMPOSE.rawValue | UTF8PROC_COMPAT.rawValue
    }
    var result: UnsafeMutablePointer<UInt8>?
    let count = text.withUnsafeBufferPointer {
      utf8proc_map($0.baseAddress, $0.count, &result, utf8proc_option_t(rawValue: options))
    }
    guard count >= 0, let result else { return }
    text = Array(UnsafeBufferPointer(start: result, count: count))
    free(result)
  }

  /// Whether all scalars are of blocks that the form leaves as they are.
  private func isSurelyNormal(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard self == .nfc else { return text.allSatisfy { $0 < 0x80 } }
    var place = 0
    while place < text.count {
      if text[place] < 0x80 {
        place += 1
        continue
      }
      let (value, length) = UTF8Walk.scalar(in: text, at: place)
      guard Self.isInertInNFC(value) else { return false }
      place += length
    }
    return true
  }

  /// Latin letters and signs below the combining marks, common punctuation, kana, ideographs.
  private static func isInertInNFC(_ value: UInt32) -> Bool {
    switch value {
    case 0..<0x300, 0x2000...0x20CF, 0x3000...0x3029, 0x3030...0x3098, 0x309B...0x30FF,
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xFF00...0xFFEF:
      value != 0x2000 && value != 0x2001
    default: false
    }
  }
}

extension TextNormalizer.BertCleaning {
  func apply(to text: inout [UInt8]) {
    if cleans { text.mapScalars(Self.cleaned) }
    if separatesIdeographs { text.separateIdeographs() }
    if stripsAccents {
      TextNormalizer.UnicodeForm.nfd.apply(to: &text)
      text.mapScalars { ScalarClass.isNonspacingMark($0) ? nil : $0 }
    }
    if lowercases { text.lowercase() }
  }

  private static func cleaned(_ value: UInt32) -> UInt32? {
    if value == 0 || value == 0xFFFD || ScalarClass.isControl(value) { return nil }
    return ScalarClass.isWhitespace(value) ? 0x20 : value
  }
}

extension [UInt8] {
  /// Puts what `body` makes of each scalar in its place; nil takes it out.
  fileprivate mutating func mapScalars(_ body: (UInt32) -> UInt32?) {
    var result: [UInt8] = []
    result.reserveCapacity(count)
    withUnsafeBufferPointer { text in
      var place = 0
      while place < text.count {
        let (value, length) = UTF8Walk.scalar(in: text, at: place)
        if let new = body(value) {
          if new == value {
            result += text[place..<place + length]
          } else {
            UTF8Walk.append(new, to: &result)
          }
        }
        place += length
      }
    }
    self = result
  }

  fileprivate mutating func lowercase() {
    guard contains(where: { $0 >= 0x80 }) else {
      for place in indices where (0x41...0x5A).contains(self[place]) { self[place] |= 0x20 }
      return
    }
    var result: [UInt8] = []
    result.reserveCapacity(count)
    for scalar in String(decoding: self, as: UTF8.self).unicodeScalars {
      result += scalar.properties.lowercaseMapping.utf8
    }
    self = result
  }

  fileprivate mutating func strip(left: Bool, right: Bool) {
    let kept = withUnsafeBufferPointer { text in
      var range = 0..<text.count
      while left, !range.isEmpty {
        let (value, length) = UTF8Walk.scalar(in: text, at: range.lowerBound)
        guard ScalarClass.isWhitespace(value) else { break }
        range = range.lowerBound + length..<range.upperBound
      }
      while right, !range.isEmpty,
        let value = UTF8Walk.scalar(in: text, before: range.upperBound),
        ScalarClass.isWhitespace(value)
      {
        range = range.lowerBound..<range.upperBound - UTF8Walk.width(of: value)
      }
      return range
    }
    self = Array(self[kept])
  }

  /// Puts blanks around ideographs.
  fileprivate mutating func separateIdeographs() {
    guard contains(where: { $0 >= 0xE3 }) else { return }
    var result: [UInt8] = []
    withUnsafeBufferPointer { text in
      var place = 0
      while place < text.count {
        let (value, length) = UTF8Walk.scalar(in: text, at: place)
        let isIdeograph = ScalarClass.isIdeograph(value)
        if isIdeograph { result.append(0x20) }
        result += text[place..<place + length]
        if isIdeograph { result.append(0x20) }
        place += length
      }
    }
    self = result
  }

  fileprivate mutating func replace(_ what: [UInt8], with new: [UInt8]) {
    guard let lead = what.first, contains(lead) else { return }
    var result: [UInt8] = []
    result.reserveCapacity(count + count / 4)
    withUnsafeBufferPointer { text in
      var place = 0
      while place < text.count {
        if text[place] == lead, place + what.count <= text.count,
          text[place..<place + what.count].elementsEqual(what)
        {
          result += new
          place += what.count
        } else {
          result.append(text[place])
          place += 1
        }
      }
    }
    self = result
  }

  fileprivate mutating func replace(
    _ pattern: RegexPattern, with new: [UInt8], _ state: RegexState
  ) throws(TokenizerError) {
    var result: [UInt8] = []
    let text = self
    try text.withBytes { bytes throws(TokenizerError) in
      try pattern.forEachSpan(in: bytes, range: 0..<bytes.count, state) { span, isMatch in
        if isMatch { result += new } else { result += bytes[span] }
      }
    }
    self = result
  }

  /// `withUnsafeBufferPointer`, with the error's type kept.
  func withBytes<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(TokenizerError) -> Result
  ) throws(TokenizerError) -> Result {
    try withUnsafeBufferPointer { buffer in
      Swift.Result { () throws(TokenizerError) in try body(buffer) }
    }.get()
  }
}
