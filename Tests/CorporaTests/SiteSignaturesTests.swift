import Testing

@testable import Corpora

struct SiteSignaturesTests {
  @Test(arguments: [
    ("Hello, Welcome to Chat Doctor. Rest. Drink.", "Rest. Drink."),
    ("Thanks for writing to HCM! Rest.\nDrink.", "Rest.\nDrink."),
    ("Rest. Regards, Chat Doctor., Internal Medicine", "Rest."),
    ("Rest.\n\nWith warm regards,\nA. B., MD", "Rest."),
    ("Rest. For more information consult a dentist online --> https://www.icliniq.com/x", "Rest."),
    ("Rest. Best Regards", "Rest."), ("Regards", ""),
  ])
  func `takes out what the site wrote`(text: String, rest: String) {
    #expect(SiteSignatures.stripped(from: text) == rest)
  }

  @Test(arguments: [
    "Rest for 2.5 days.  Drink 1 l/day?\nYes!", "As regards food, eat what you like. " + filler,
    "One. Two. " + filler + " They use the word Chat Doctor here. " + filler, "安静にしてください。", "",
  ])
  func `leaves the doctor's own words byte for byte`(text: String) {
    #expect(SiteSignatures.stripped(from: text) == text)
  }

  private static let filler =
    "Then walk a little. Then rest again. Then sleep well. Eat soup. Drink tea and stay warm at home."
}
