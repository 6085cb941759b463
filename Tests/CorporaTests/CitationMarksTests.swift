import Testing

@testable import Corpora

/// `⟨…⟩` stands for a mark that the article tagged.
struct CitationMarksTests {
  @Test(arguments: [
    ("Drunk [⟨1⟩, ⟨2⟩–⟨4⟩].", "Drunk."),
    ("Drunk [⟨1⟩] daily", "Drunk daily"),
    ("Shown⟨1⟩⟨,⟩⟨2⟩, and so", "Shown, and so"),
    ("It was (⟨Nobody et al., 2001⟩; see also ⟨Someone, 2002⟩) said.", "It was said."),
    ("⟨Nobody and Someone (2003)⟩ drank", "Nobody and Someone (2003) drank"),
    ("Nobody et al. (⟨2003⟩) drank", "Nobody et al. drank"),
    ("others (n = 5; ⟨1⟩).", "others (n = 5)."),
    ("others (⟨1⟩; n = 5).", "others (n = 5)."),
    ("as (reviewed in [⟨3⟩]) was", "as was"),
    ("the range [1-⟨3⟩] of", "the range of"),
    ("kept (see Table 1 and ⟨4⟩, too)", "kept (see Table 1 and, too)"),
    ("An open ( and ⟨1⟩ mark", "An open ( and mark"),
    ("No marks (1, 2) here [3].", "No marks (1, 2) here [3]."),
    ("⟨1⟩", ""), ("Cycling, ⟨[10]⟩, ⟨[11]⟩. Such", "Cycling. Such"),
    ("Altman, Bland,⟨27⟩, and", "Altman, Bland, and"), ("dates\n [⟨67⟩].", "dates."),
  ])
  func `a mark goes with its brackets, a name in the sentence stays`(text: String, plain: String) {
    var marked = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "⟨": marked.unicodeScalars.append("\u{1}")
      case "⟩": marked.unicodeScalars.append("\u{2}")
      default: marked.unicodeScalars.append(scalar)
      }
    }
    #expect(TidyText.line(CitationMarks.dropped(from: marked)) == plain)
  }

  @Test func `an end that is missing loses nothing before it`() {
    #expect(CitationMarks.dropped(from: "Words \u{1}12") == "Words ")
  }
}
