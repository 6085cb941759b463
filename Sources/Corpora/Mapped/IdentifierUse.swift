import Synchronization

/// Which of the places that hold patients' identifiers were met in rows, whatever thread read them.
///
/// A place that no row has is a mistake in the recipe that would leave identifiers in the texts.
final class IdentifierUse: Sendable {
  private let places: [String]
  private let state = Mutex(State())

  private struct State {
    var hasRows = false
    var met: Set<String> = []
  }

  init(of places: [String]) { self.places = places }

  /// The places that no row has, in their order; none before there was a row.
  var unmet: [String] {
    state.withLock { state in
      state.hasRows ? places.filter { !state.met.contains($0) } : []
    }
  }

  /// Takes note of a row and the places that have a value in it.
  func note(_ met: [String]) {
    state.withLock { state in
      state.hasRows = true
      guard state.met.count < places.count else { return }
      state.met.formUnion(met)
    }
  }
}
