import Records

/// The forms in which a known value may stand in a text, as keys of a tree.
///
/// Folding sees to case, accents, full-width letters and what cannot be seen; the tree to what stands
/// between words, and to wrapped lines. What is left are forms with other letters or digits.
struct KnownIdentifierKeys {
  private(set) var trie = KnownIdentifierTrie()
  /// The first letters of each person's names, folded.
  private(set) var initials: [Int: Set<UInt8>] = [:]
  private(set) var dates: [KnownDate] = []

  mutating func insert(_ known: KnownIdentifier) {
    switch known.kind {
    case .name: insertName(known)
    case .street: insertStreet(known)
    case .city, .organization: insertPlace(known)
    case .date: insertDate(known)
    case .phone, .fax: insertPhone(known)
    case .email, .url: insertAddress(known)
    default: insertNumber(known)
    }
  }

  /// Adds a date in all readings of it; one that cannot be read is looked for as it stands.
  private mutating func insertDate(_ known: KnownIdentifier) {
    let readings = KnownDate.readings(of: known.value)
    dates += readings
    // A year, or a month of it, is no day: it stands in too many texts.
    guard readings.isEmpty, known.value.count(where: \.isWholeNumber) > 6 else { return }
    insertNumber(known)
  }

  private func entry(_ known: KnownIdentifier) -> KnownIdentifierTrie.Entry {
    let kind = known.kind.identifierClass
    return KnownIdentifierTrie.Entry(
      kind: kind, person: known.person, rule: "own-\(known.kind.ruleName)")
  }

  // MARK: Names

  private mutating func insertName(_ known: KnownIdentifier) {
    let parts = Self.nameWords(of: known.value)
    if parts.count > 1 { insert(parts, of: known) }
    for part in parts {
      let pieces = Self.pieces(of: part)
      if let first = pieces.first?.first { initials[known.person, default: []].insert(first) }
      let isLink = NameWords.links.contains(part)
      guard !isLink || parts.count == 1 else { continue }
      insert([part], of: known, isCautious: NameWords.isListed(part))
      if pieces.count > 1 {
        for piece in pieces where piece.count > 2 {
          insert([String(decoding: piece, as: UTF8.self)], of: known)
        }
      }
    }
  }

  /// The words of a name without titles, unless it has no other.
  private static func nameWords(of name: String) -> [String] {
    let written = written(name)
    let names = written.filter {
      !NameWords.titles.contains($0.lowercased()) && !NameWords.isDegree($0, in: name)
    }
    return (names.isEmpty ? written : names).map { $0.lowercased() }
  }

  /// Adds words in a row, and the same with other spellings of their letters.
  private mutating func insert(
    _ words: [String], of known: KnownIdentifier, isCautious: Bool = false
  ) {
    for spelling in Self.spellings(of: words.joined(separator: " ")) {
      let key = Self.key(spelling)
      let letters = key.count { $0 != KnownIdentifierTrie.separator }
      guard letters > 1 else { continue }
      var entry = entry(known)
      let isScript = FoldedText.isUnspaced(key[0])
      entry.isCompact = letters < 4
      entry.isCautious =
        isCautious || !isScript && words.count == 1 && Self.isCommon(key, letters)
      trie.insert(key, entry)
      guard letters > 3, !isScript, key.last.map(Self.isLetter) == true else { continue }
      entry.isCautious = entry.isCautious || letters < 5
      trie.insert(key + [UInt8(ascii: "s")], entry)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte > 0x60 }

  /// Words of three letters are too many other things, and so are the words of the list.
  private static func isCommon(_ key: [UInt8], _ letters: Int) -> Bool {
    letters < 4 || CommonNameWords.contains(String(decoding: key, as: UTF8.self))
  }

  /// The words of a value in lower case, without commas.
  private static func words(of value: String) -> [String] {
    written(value.lowercased())
  }

  private static func written(_ value: String) -> [String] {
    value.split { $0.isWhitespace || $0 == "," || $0 == "(" || $0 == ")" }
      .map { $0.hasSuffix(".") ? String($0.dropLast()) : String($0) }
      .filter { !$0.isEmpty }
  }

  /// The parts of a double or prefixed name, folded.
  private static func pieces(of word: String) -> [[UInt8]] {
    key(word).split(separator: KnownIdentifierTrie.separator).map(Array.init)
  }

  /// A key: the folded letters, with a separator where the value has one.
  static func key(_ value: String) -> [UInt8] {
    var key: [UInt8] = []
    for byte in FoldedText(MatchText(value)).bytes {
      if byte > FoldedText.gap {
        key.append(byte)
      } else if !key.isEmpty, key.last != KnownIdentifierTrie.separator {
        key.append(KnownIdentifierTrie.separator)
      }
    }
    if key.last == KnownIdentifierTrie.separator { key.removeLast() }
    return key
  }

  /// A name with umlauts written out, and one written out with umlauts; `Mc` and a digit's tail apart.
  private static func spellings(of name: String) -> [String] {
    var spellings = [name]
    let written = ["ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"]
    let long = String(name.flatMap { written[String($0)].map(Array.init) ?? [$0] })
    if long != name { spellings.append(long) }
    for (pair, letter) in [("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a")] {
      let short = name.replacing(pair, with: letter)
      if short != name { spellings.append(short) }
    }
    for prefix in ["mc", "mac"] where name.hasPrefix(prefix) && name.count > prefix.count + 3 {
      spellings.append("\(prefix) \(name.dropFirst(prefix.count))")
    }
    let bare = name.filter { !$0.isNumber }
    if bare != name, bare.count > 2 { spellings.append(bare) }
    return spellings
  }

  // MARK: Places

  private mutating func insertStreet(_ known: KnownIdentifier) {
    let words = Self.words(of: known.value)
    guard !words.isEmpty else { return }
    var forms = [words]
    for (place, word) in words.enumerated() {
      guard let group = StreetWords.group(of: word) else { continue }
      forms += group.filter { $0 != word }.map { other in
        var form = words
        form[place] = other
        return form
      }
    }
    if words.count > 2, words[0].first?.isNumber == true, words[1].count > 2 {
      forms.append(Array(words[..<2]))
    }
    for form in forms {
      let key = Self.key(form.joined(separator: " "))
      guard key.count > 3 else { continue }
      trie.insert(key, entry(known))
    }
  }

  private mutating func insertPlace(_ known: KnownIdentifier) {
    let words = Self.words(of: known.value)
    guard words.joined().count > 1 else { return }
    for spelling in Self.spellings(of: words.joined(separator: " ")) {
      let key = Self.key(spelling)
      guard key.count > 1 else { continue }
      var entry = entry(known)
      entry.isCompact = key.count < 4
      entry.isCautious = words.count == 1 && Self.isCommon(key, key.count)
      trie.insert(key, entry)
    }
  }

  // MARK: Numbers and addresses

  private mutating func insertPhone(_ known: KnownIdentifier) {
    let whole = known.value.lowercased()
    let main = whole.split(separator: "x").first.map(String.init) ?? whole
    let digits = FoldedText.key(main).filter { (0x30...0x39).contains($0) }
    var forms = [digits]
    if digits.count == 11, digits[0] == UInt8(ascii: "1") {
      forms.append(Array(digits.dropFirst()))
    }
    if digits.count == 10 { forms.append([UInt8(ascii: "1")] + digits) }
    if digits.count >= 10 {
      forms.append(Array(digits.suffix(10)))
      forms.append(Array(digits.suffix(7)))
    }
    if digits.count > 10 {
      // A national number: the code of the country gives way to a zero.
      for code in 1...3 { forms.append([UInt8(ascii: "0")] + digits.dropFirst(code)) }
    }
    for form in forms where form.count >= 5 { trie.insert(Self.loose(form), entry(known)) }
  }

  private mutating func insertAddress(_ known: KnownIdentifier) {
    var value = known.value
    for scheme in ["mailto:", "https://", "http://", "www."] where value.hasPrefix(scheme) {
      value.removeFirst(scheme.count)
    }
    let key = Self.key(value)
    guard key.count > 3 else { return }
    trie.insert(key, entry(known))
  }

  private mutating func insertNumber(_ known: KnownIdentifier) {
    let key = FoldedText.key(known.value)
    guard !key.isEmpty else { return }
    var entry = entry(known)
    entry.needsCue = key.count < 4
    entry.isCompact = key.count < 7 && Self.key(known.value).count == key.count
    trie.insert(entry.isCompact ? key : Self.loose(key), entry)
    let significant = Array(key.drop { $0 == UInt8(ascii: "0") })
    if significant.count < key.count, significant.count > 3 {
      trie.insert(entry.isCompact ? significant : Self.loose(significant), entry)
    }
    if known.kind == .postalCode, key.count == 9 {
      entry.isCompact = true
      trie.insert(Array(key.prefix(5)), entry)
    }
  }

  /// A key between whose characters anything may stand that parts numbers.
  private static func loose(_ key: [UInt8]) -> [UInt8] {
    Array(key.map { [$0] }.joined(separator: [KnownIdentifierTrie.separator]))
  }
}

extension KnownIdentifier.Kind {
  /// The class that what is found of the kind is of.
  package var identifierClass: IdentifierClass {
    switch self {
    case .name: .name
    case .street, .city, .postalCode: .location
    case .organization: .organization
    case .date: .date
    case .phone: .phone
    case .fax: .fax
    case .email: .email
    case .url: .url
    case .socialSecurityNumber: .socialSecurityNumber
    case .medicalRecordNumber: .medicalRecordNumber
    case .healthPlanNumber: .healthPlanNumber
    case .account: .account
    case .license: .license
    case .vehicle: .vehicle
    case .device: .device
    case .identifier: .uniqueIdentifier
    }
  }

  fileprivate var ruleName: String {
    identifierClass.rawValue.lowercased().replacing("_", with: "-")
  }
}
