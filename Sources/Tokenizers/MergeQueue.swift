/// The merges that may be next in a piece, the best first: a binary heap whose room is kept.
struct MergeQueue<Merge: Comparable> {
  private var merges: [Merge] = []

  mutating func removeAll() { merges.removeAll(keepingCapacity: true) }

  mutating func push(_ merge: Merge) {
    merges.append(merge)
    var place = merges.count - 1
    while place > 0 {
      let parent = (place - 1) / 2
      guard merges[place] < merges[parent] else { break }
      merges.swapAt(place, parent)
      place = parent
    }
  }

  mutating func pop() -> Merge? {
    guard let best = merges.first else { return nil }
    let last = merges.removeLast()
    guard !merges.isEmpty else { return best }
    merges[0] = last
    var place = 0
    while true {
      var least = place
      let left = 2 * place + 1
      if left < merges.count, merges[left] < merges[least] { least = left }
      if left + 1 < merges.count, merges[left + 1] < merges[least] { least = left + 1 }
      guard least != place else { return best }
      merges.swapAt(place, least)
      place = least
    }
  }
}
