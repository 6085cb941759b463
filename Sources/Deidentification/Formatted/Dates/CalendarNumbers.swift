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
