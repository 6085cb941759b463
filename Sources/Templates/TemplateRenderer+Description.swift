// What a dataset's files say of the task beside its examples.

extension TemplateRenderer {
  /// Whether each line of the texts is a sentence.
  package var hasSentenceLines: Bool {
    profile == .clinicalbert || profile == .clinicalbertAsPublished
  }

  /// Whether requests hold worked examples in their own text.
  package var hasEarlierTexts: Bool { prompting.shots > 0 && prompting.layout == .text }

  /// The instructions of all wordings, each once, where none holds anything of a record; else none.
  package var definitions: [String] {
    guard task.form == .conversation else { return [] }
    let texts = pools.sorted { $0.key < $1.key }.flatMap(\.value.wordings).map(\.definition)
    guard !texts.contains(nil) else { return [] }
    var seen: Set<String> = []
    return texts.compactMap { $0 }.filter { seen.insert($0).inserted }
  }
}
