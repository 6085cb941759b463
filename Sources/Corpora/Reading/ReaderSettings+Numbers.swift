import Records

extension ReaderSettings {
  /// An option that is a whole number, or nil.
  func number(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let text = text(name) else { return nil }
    if let number = Int(text), range.contains(number) { return number }
    throw Diagnostic(
      "option '\(name)' is '\(text)'; it must be a whole number from \(range.lowerBound) to "
        + "\(range.upperBound)")
  }

  /// An option that is a share from 0 to 1, in millionths.
  func millionths(_ name: String, default preset: Int) throws -> Int {
    guard let text = text(name) else { return preset }
    if let share = Double(text), (0...1).contains(share) { return Int((share * 1e6).rounded()) }
    throw Diagnostic("option '\(name)' is '\(text)'; it must be a number from 0 to 1")
  }
}
