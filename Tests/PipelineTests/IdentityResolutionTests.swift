import Records
import Testing

@testable import Pipeline

struct IdentityResolutionTests {
  /// A record of a source with an id and perhaps a revision, or a withdrawal.
  private enum Step {
    case record(Int, String, revision: Int?)
    case withdrawal(Int, String)
  }

  private func resolved(_ steps: [Step]) -> (reasons: [Rejection.Reason?], numbers: [Int: Int]) {
    var keys = RecordKeys()
    for step in steps {
      switch step {
      case .record(let source, let id, let revision):
        let record = Record(
          id: id, corpus: "c", license: .cc0, revision: revision,
          content: .labelledText(LabelledText(text: "")))
        keys.append(record, source: source)
      case .withdrawal(let source, let id): keys.withdraw(id, source: source)
      }
    }
    var fates = Fates(count: keys.count)
    IdentityResolution.apply(keys, to: &fates)
    return ((0..<keys.count).map(fates.reason), fates.idNumbers)
  }

  @Test func `of revisions the highest stays, wherever it stands`() {
    let steps: [Step] = [
      .record(0, "1", revision: 2), .record(0, "1", revision: 3), .record(0, "1", revision: 1),
    ]
    #expect(resolved(steps).reasons == [.supersededVersion, nil, .supersededVersion])
  }

  @Test func `of equal revisions the one read last stays`() {
    let steps: [Step] = [.record(0, "1", revision: 1), .record(0, "1", revision: 1)]
    #expect(resolved(steps).reasons == [.supersededVersion, nil])
  }

  @Test func `a withdrawal takes what stands before it, and not what comes again`() {
    let steps: [Step] = [
      .record(0, "1", revision: 5), .record(0, "2", revision: 1), .withdrawal(0, "1"),
      .record(0, "1", revision: 1), .withdrawal(0, "9"),
    ]
    #expect(resolved(steps).reasons == [.deletedCitation, nil, nil])
  }

  @Test func `the last withdrawal of an id counts`() {
    let steps: [Step] = [
      .withdrawal(0, "1"), .record(0, "1", revision: 1), .withdrawal(0, "1"),
    ]
    #expect(resolved(steps).reasons == [.deletedCitation])
  }

  @Test func `another source's record of the same id is another record`() {
    let steps: [Step] = [
      .record(0, "1", revision: 1), .record(1, "1", revision: 2), .withdrawal(1, "1"),
    ]
    #expect(resolved(steps).reasons == [nil, .deletedCitation])
  }

  @Test func `plain repeats of an id stay and are numbered from 2`() {
    let steps: [Step] = [
      .record(0, "1", revision: nil), .record(0, "2", revision: nil),
      .record(0, "1", revision: nil), .record(0, "1", revision: nil),
    ]
    let found = resolved(steps)
    #expect(found.reasons == [nil, nil, nil, nil])
    #expect(found.numbers == [2: 2, 3: 3])
  }

  @Test func `records of damaged entries go before anything else is settled`() {
    var keys = RecordKeys()
    for revision in [1, 2] {
      keys.append(
        Record(
          id: "1", corpus: "c", license: .cc0, revision: revision,
          content: .labelledText(LabelledText(text: ""))), source: 0)
    }
    keys.markDamaged(1..<2)
    var fates = Fates(count: 2)
    IdentityResolution.apply(keys, to: &fates)
    #expect((0..<2).map(fates.reason) == [nil, .damagedEntry])
  }
}
