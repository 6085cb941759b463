import Records

extension Report {
  /// The characters that are shown of a text; what is longer is cut, and says so.
  private static let shownCharacters = 4_000

  /// Examples with their text, for a recipe that asks for them.
  func writeSamples(into html: inout HTMLText) {
    guard !dataset.samples.isEmpty else { return }
    html.element("h2", "Samples")
    html.element(
      "p", "Drawn from the training split by the recipe's seed. This page now holds corpus text.")
    for sample in dataset.samples {
      html.element("details") { details in
        details.element("summary", "\(sample.task): \(sample.example.id)")
        switch sample.example.body {
        case .text(let text): details.element("pre", Self.shown(text))
        case .conversation(let conversation):
          for turn in conversation.messages {
            details.element("h3", turn.role.rawValue)
            details.element("pre", Self.shown(turn.text))
          }
        }
      }
    }
  }

  private static func shown(_ text: String) -> String {
    let start = text.prefix(shownCharacters)
    let rest = text.dropFirst(shownCharacters).count
    return rest == 0 ? text : "\(start)…\n(and \(BarChart.grouped(rest)) characters more)"
  }
}
