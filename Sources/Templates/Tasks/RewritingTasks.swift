import Records

// The tasks over a text and what it was rewritten to.

extension TrainingTask {
  /// A text for experts → the same in plain language; of an article its abstract → the summary that
  /// its authors or editors wrote for everyone.
  static let simplification = TrainingTask(
    "simplification", title: "Put a text into plain language", shapes: [.pairedText, .article],
    material: ["text"], targets: ["plain_text"], templates: "simplification"
  ) { content in
    guard case .article(let article) = content else {
      return rewritten(content, .simplification, target: "plain_text")
    }
    guard !article.abstractText.isBlank else { return .refused(.noAbstract, value: nil) }
    guard !article.plainSummary.isBlank else { return .noTarget("plain_summary") }
    return .slots([article.abstractText, article.plainSummary])
  }

  /// Given material → the text that was written from it.
  static let generation = TrainingTask(
    "generation", title: "Write a text from given material", shapes: [.pairedText],
    material: ["text"], targets: ["result"], templates: "generation"
  ) { rewritten($0, .generation, target: "result") }

  private static func rewritten(
    _ content: Content, _ kind: PairedText.Kind, target: String
  ) -> Filling {
    guard case .pairedText(let pair) = content else { return .doesNotFit("shape") }
    guard pair.kind == kind else { return .doesNotFit(pair.kind.rawValue) }
    guard !pair.sourceText.isBlank else { return .emptyText("text") }
    guard !pair.targetText.isBlank else { return .noTarget(target) }
    return .slots([pair.sourceText, pair.targetText])
  }

  /// A text → the same in another language.
  static let translation = TrainingTask(
    ofRecords: "translation", title: "Translate a text", shapes: [.pairedText],
    material: ["text", "source_language", "target_language"], targets: ["translation"],
    templates: "translation"
  ) { record in
    guard case .pairedText(let pair) = record.content else { return .doesNotFit("shape") }
    guard pair.kind == .translation else { return .doesNotFit(pair.kind.rawValue) }
    guard !pair.sourceText.isBlank else { return .emptyText("text") }
    guard !pair.targetText.isBlank else { return .noTarget("translation") }
    guard let target = LanguageName.english(pair.targetLanguage) else {
      return .refused(.missingField, value: "target_language")
    }
    let source = record.language.flatMap(LanguageName.english) ?? ""
    return .slots([pair.sourceText, source, target, pair.targetText])
  }
}

/// The names of languages in requests.
enum LanguageName {
  /// The English name of a primary language subtag; the subtag itself for one that is not known here,
  /// nil for none.
  static func english(_ code: String) -> String? {
    code.isEmpty ? nil : names[code] ?? code
  }

  private static let names = [
    "ar": "Arabic", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "sw": "Swahili",
    "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
    "zh": "Chinese",
  ]
}
