import Records
import Stages

/// Lets records go that answer a question otherwise than other records of the build do.
///
/// Which of them is right cannot be told, so all go. This comes before copies are removed, since exam
/// questions are copies by their question and options alone.
enum AnswerConflicts {
  /// Rejects the records of every question with more than one answer; the value tells how many
  /// answers and records it has.
  static func apply(_ keys: RecordKeys, to fates: inout Fates) {
    let asked = keys.questions.filter { fates.isKept($0.record) }.sorted {
      ($0.question.question, $0.record) < ($1.question.question, $1.record)
    }
    var start = 0
    while start < asked.count {
      var end = start + 1
      while end < asked.count, asked[end].question.question == asked[start].question.question {
        end += 1
      }
      let same = asked[start..<end]
      let answers = Set(same.map(\.question.answer)).count
      if answers > 1 {
        for mark in same {
          fates.reject(
            mark.record, .conflictingAnswers, value: "\(answers) answers in \(same.count) records")
        }
      }
      start = end
    }
  }
}
