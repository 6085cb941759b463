import Formats
import Records

/// What the recipe says to a reader of notes about the form that they are handed on in.
///
/// `sections: soap` joins the sections that belong to one of the four parts of ACI-Bench
/// (`SOAPGroup`), their headings becoming text.
struct NoteForm: Sendable {
  enum PlaceholderForm: String, CaseIterable {
    case keep
    case type
  }

  enum SectionForm: String, CaseIterable {
    case headings
    case soap
  }

  /// The readers' options.
  static let options = [
    ReaderOption(
      "placeholders", "keep",
      "`keep` leaves what stands for names and dates as it is; `type` writes it by its kind, where "
        + "that is known: `[HOSPITAL]`"),
    groupingOption,
  ]

  /// The one option of readers whose notes have their sections already.
  static let groupingOption = ReaderOption(
    "sections", "headings",
    "`headings` has a section for each heading; `soap` joins them to the four of ACI-Bench")

  private let placeholders: PlaceholderForm
  private let sections: SectionForm

  init(_ settings: ReaderSettings) throws {
    placeholders = try settings.choice("placeholders", default: .keep)
    sections = try settings.choice("sections", default: .headings)
  }

  /// The sections of a note's text.
  func sections(of text: String, minimumRule: Int = 5) -> [NoteSection] {
    let text = placeholders == .keep ? text : Placeholders.typed(text)
    return grouped(NoteSections.sections(of: text, minimumRule: minimumRule))
  }

  /// Sections that a note had already.
  func grouped(_ given: [NoteSection]) -> [NoteSection] {
    sections == .headings ? given : given.joinedBySOAPGroup()
  }
}
