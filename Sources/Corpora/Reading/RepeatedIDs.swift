/// Makes the ids of one entry unique: the second record of an id gets `.1` behind it, the third `.2`.
struct RepeatedIDs {
  private var timesSeen: [String: Int] = [:]

  mutating func unique(_ id: String) -> String {
    let earlier = timesSeen[id, default: 0]
    timesSeen[id] = earlier + 1
    return earlier == 0 ? id : "\(id).\(earlier)"
  }
}
