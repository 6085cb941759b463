import Formats

/// What sampled answers to a question agreed on: one row of `votes.jsonl`.
package struct VoteRow: Sendable, Equatable {
  /// The record's id in the build.
  package var id: String
  package var task: String
  /// The right answer: `B`, `A, C`, `yes`.
  package var gold: String
  /// How often each answer was given.
  package var counts: [String: Int]
  /// The samples that state no answer.
  package var unreadable: Int
  /// `agrees`, `tie`, `against-gold`, `unreadable` or `no-samples`.
  package var verdict: String

  package init(
    id: String, task: String, gold: String, counts: [String: Int], unreadable: Int, verdict: String
  ) {
    self.id = id
    self.task = task
    self.gold = gold
    self.counts = counts
    self.unreadable = unreadable
    self.verdict = verdict
  }

  package func write(into json: inout JSONWriter) {
    json.beginObject()
    json.member("id", id)
    json.member("task", task)
    json.member("gold", gold)
    json.key("votes")
    json.beginObject()
    for answer in counts.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      json.member(answer, counts[answer] ?? 0)
    }
    json.endObject()
    json.member("unreadable", unreadable)
    json.member("verdict", verdict)
    json.endObject()
  }
}
