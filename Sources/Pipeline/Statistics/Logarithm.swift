import Glibc

/// Logarithms, named so that the C library is imported in one place.
enum Logarithm {
  static func base2(_ value: Double) -> Double { log2(value) }
}
