import Records

/// What counts as copied forward from one record of a patient to a later one.
package struct CopyForwardSettings: Sendable, Equatable {
  /// What is compared.
  package enum Unit: Sendable, Equatable {
    /// A sentence of so many words at least.
    case sentence(minimumWords: Int)
    /// Every run of so many words.
    case words(length: Int)
  }

  /// The kind of key that records of one patient share.
  package var group: GroupKey.Kind
  package var unit: Unit
  /// The least number of words that a cut record must have left.
  package var minimumLeft: Int

  package init(group: GroupKey.Kind = .patient, unit: Unit, minimumLeft: Int = 10) {
    self.group = group
    self.unit = unit
    self.minimumLeft = minimumLeft
  }

  /// Whether units differ in length.
  package var hasExtents: Bool {
    if case .sentence = unit { true } else { false }
  }
}

extension Content {
  /// The texts that passages are cut from: a note's sections, a plain text.
  ///
  /// Of other shapes one text depends on another, or labels and places on the whole.
  var passages: [String] {
    switch self {
    case .note(let note): note.sections.map(\.text)
    case .labelledText(let item) where item.labels.isEmpty: [item.text]
    default: []
    }
  }
}
