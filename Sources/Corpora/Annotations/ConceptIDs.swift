/// The concepts of a mention, as PubTator and BioC files write them in one field.
enum ConceptIDs {
  /// The single concepts of a field: `D003110|D009369` and `836,840` name two.
  ///
  /// A `+` joins what makes up one concept together (`D004829+D003294`) and stays; so does the `|`
  /// inside a variant (`c|SUB|G|2554+1|T`, `|Allele|R|577`). `-1`, `-` and an empty field name none. Blanks at
  /// the ends go.
  static func list(of field: String) -> [String] {
    field.split { $0 == "," || $0 == ";" }.flatMap { part -> [String] in
      let part = TidyText.line(String(part))
      return isVariant(part) ? [part] : part.split(separator: "|").map { TidyText.line(String($0)) }
    }.filter { !$0.isEmpty && $0 != "-1" && $0 != "-" }
  }

  /// Whether it is a variant: a letter for the kind of sequence, or nothing, before the first bar.
  private static func isVariant(_ concept: String) -> Bool {
    guard let bar = concept.utf8.firstIndex(of: UInt8(ascii: "|")) else { return false }
    let kind = concept.utf8[..<bar].split(separator: UInt8(ascii: ":")).last ?? []
    return kind.count <= 1
  }
}
