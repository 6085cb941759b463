/// How a task's examples are prompted, beyond the plain request.
package struct Prompting: Sendable, Equatable {
  /// Where exemplars stand.
  package enum Layout: String, Sendable {
    /// As earlier turns of the conversation.
    case turns
    /// Above the request, in one text with it.
    case text
  }

  /// How many worked examples stand before each request.
  package var shots = 0
  package var layout = Layout.turns
  /// Whether the output reasons before it answers.
  package var isChainOfThought = false
  /// In how many orders a training question's options are put; nil for the published order.
  package var shuffledCopies: Int?
  /// Which sampled answers become targets; nil when none are given.
  package var keptTraces: KeptTraces?

  package init() {}

  /// Which of the sampled answers that agree with the gold one become targets.
  package enum KeptTraces: String, Sendable {
    case first
    case all
    case longest
    case shortest

    /// The traces that stay, each once; the first of equally long ones.
    package func of(_ traces: [String]) -> [String] {
      var seen: Set<String> = []
      let different = traces.filter { seen.insert($0).inserted }
      return switch self {
      case .first: Array(different.prefix(1))
      case .all: different
      case .longest: different.reversed().max { $0.utf8.count < $1.utf8.count }.map { [$0] } ?? []
      case .shortest: different.min { $0.utf8.count < $1.utf8.count }.map { [$0] } ?? []
      }
    }
  }
}
