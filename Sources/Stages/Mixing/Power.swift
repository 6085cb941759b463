import Glibc

/// Powers, named so that the C library is imported in one place.
enum Power {
  static func of(_ base: Double, _ exponent: Double) -> Double {
    exponent == 1 ? base : pow(base, exponent)
  }
}
