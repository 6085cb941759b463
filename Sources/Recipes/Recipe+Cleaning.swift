extension Recipe {
  /// Cleaning beyond the defaults.
  package struct Cleaning: Sendable, Equatable {
    package var foldsSpaces = false
  }
}
