/// What numbers can be in dates.
enum CalendarNumbers {
  static let years = 1800...2100

  static func isMonthAndDay(_ month: Int, _ day: Int) -> Bool {
    guard (1...12).contains(month), day >= 1 else { return false }
    return day <= (month == 2 ? 29 : [4, 6, 9, 11].contains(month) ? 30 : 31)
  }

  /// Whether two numbers are a day and a month in one order or the other.
  static func isDayAndMonth(_ first: Int, _ second: Int) -> Bool {
    isMonthAndDay(first, second) || isMonthAndDay(second, first)
  }
}

extension MatchText {
  /// Whether a token is a year of four digits.
  func isYear(_ index: Int) -> Bool {
    guard length(index) == 4, let value = value(index) else { return false }
    return CalendarNumbers.years.contains(value)
  }

  /// Whether a token is a day of a month in one or two digits.
  func isDay(_ index: Int) -> Bool {
    guard isNumber(index), length(index) <= 2, let value = value(index) else { return false }
    return (1...31).contains(value)
  }

  /// Whether what follows a token makes it a quantity: a unit, a percent sign, a word such as `pain`.
  func isQuantity(_ index: Int) -> Bool {
    isMark(index + 1, "%") || Quantities.words.contains(key(index + 1))
  }

  /// The place of the nearest word before a token, over few marks; nil when there is none.
  func wordBefore(_ index: Int) -> Int? {
    var place = index - 1
    while place >= index - 3, kind(place) == .mark || kind(place) == .lineEnd { place -= 1 }
    return isWord(place) ? place : nil
  }
}

/// Words after numbers that are measures and counts.
enum Quantities {
  static let words = WordSet(
    """
    mg mcg g kg ug ng ml dl l cc cm mm m mmol meq iu u unit units tab tabs tablet tablets cap caps
    capsule capsules drop drops puff puffs dose doses mmhg bpm lb lbs oz inch inches ft percent x
    times hours hrs hr h min mins minutes days weeks months years cases patients subjects people
    participants of strength pain murmur scale points positive negative nodes eyes strokes systolic
    diastolic ratio dilution mgs mls kcal ppm rpm hz mv ma gy cgy french fr gauge ga cups sites
    levels segments vessels quadrants limbs extremities teeth ribs comprimidos dosis horas dias
    semanas meses veces casos pacientes
    """)
}
