/// How the authors of a model wrote the text that they pre-trained on.
///
/// A recipe names one for a task of plain text (`profile: bluebert`). It shapes the whole text of
/// an example after the template: filters and the search for copies see the text as it was read.
package enum TextProfile: String, Sendable, CaseIterable {
  /// The text as it is, cased, in its paragraphs: BioBERT, PubMedBERT.
  case plain
  /// Lower case, ASCII only, in the tokens of the Penn Treebank, on one line: BlueBERT.
  ///
  /// Line ends and everything beyond ASCII become spaces; `µ`, `²` and Greek letters are lost.
  /// github.com/ncbi-nlp/bluebert, README, "Pre-training with BERT".
  case bluebert
  /// One sentence a line (`ClinicalBERTText`), with the two faults of its code mended.
  case clinicalbert
  /// The same with the faults that the authors left in, so that notes and lines are lost.
  case clinicalbertAsPublished = "clinicalbert-as-published"

  /// The text in this form.
  package func applied(to text: String) -> String {
    switch self {
    case .plain: text
    case .bluebert: Self.bluebert(text)
    case .clinicalbert: ClinicalBERTText(isAsPublished: false).form(of: text)
    case .clinicalbertAsPublished: ClinicalBERTText(isAsPublished: true).form(of: text)
    }
  }
}

extension TextProfile {
  /// The README's lines, one after the other.
  ///
  ///     value = value.lower()
  ///     value = re.sub(r'[\r\n]+', ' ', value)
  ///     value = re.sub(r'[^\x00-\x7F]+', ' ', value)
  ///     sentence = ' '.join(TreebankWordTokenizer().tokenize(value))
  ///     sentence = re.sub(r"\s's\b", "'s", sentence)
  private static func bluebert(_ text: String) -> String {
    var ascii: [UInt8] = []
    var gap = Gap.none
    for byte in text.lowercased().utf8 {
      let next: Gap = byte >= 0x80 ? .foreign : byte == 0x0a || byte == 0x0d ? .lineEnd : .none
      if next == .none { ascii.append(byte) } else if next != gap { ascii.append(0x20) }
      gap = next
    }
    let sentence = Array(TreebankTokens.of(ascii).joined(separator: [0x20]))
    let joined = sentence.rewritten { text, place in
      text.has(" 's", at: place) && !text.hasWord(at: place + 3) ? (3, "'s") : nil
    }
    return String(decoding: joined, as: UTF8.self)
  }

  /// What becomes a space, one for a run of each kind.
  private enum Gap {
    case none
    case lineEnd
    case foreign
  }
}
