import Formats
import Records

/// What is true of a dialect: what `materia dialects` and the README's table print.
package struct DialectFacts: Sendable, Equatable {
  /// The kebab-case name that recipes use, and the folder of its files.
  package var name: String
  package var title: String
  /// The trainers that read it, for people.
  package var trainers: String
  /// What a recipe may say beside the name: option → the values it takes, the default first.
  package var options: [Option]
  /// Whether its readers take a split in several files.
  package var allowsShards = true
  /// Whether its readers take gzip.
  package var allowsCompression = true
  /// Whether its files are sent to a provider, which not every licence lets one do.
  package var isSentToProvider = false
  /// How its rows may lie in files, the default first.
  package var formats: [RowFileFormat] = [.jsonl]
  /// Whether its rows hold a rejected answer beside the right one.
  package var needsRejectedAnswers = false

  /// An option of a dialect.
  package struct Option: Sendable, Equatable {
    package var name: String
    package var values: [String]
  }
}

/// What a recipe and the build say to a dialect.
package struct DialectOptions: Sendable, Equatable {
  /// The form of rows, where a dialect has several.
  package enum Form: String, Sendable, CaseIterable {
    /// Lists of messages.
    case conversational
    /// Plain strings.
    case standard
    /// A chosen and a rejected answer to each conversation.
    case ranking

    /// The option of dialects that take some of them, the default first.
    static func option(_ forms: [Form]) -> DialectFacts.Option {
      DialectFacts.Option(name: "form", values: forms.map(\.rawValue))
    }
  }

  /// Which turns of the assistant the loss falls on, where a trainer is told so by its rows.
  package enum Loss: String, Sendable, CaseIterable {
    /// The last turn: the answer.
    case answer
    /// Every turn of the assistant.
    case turns

    /// The option of dialects that say it.
    static let option = DialectFacts.Option(name: "loss", values: allCases.map(\.rawValue))
  }

  package var form: Form
  package var loss: Loss
  /// Whether a task of the build passes conversations through, so that rows may have turns before
  /// the last question.
  ///
  /// Dialects that keep those in a column of their own write it only then.
  package var hasHistory: Bool

  /// Whether the build's examples are plain text and not conversations.
  package var holdsText: Bool

  /// Whether each line of a text is a sentence already, as a profile made them.
  package var hasSentenceLines: Bool

  package init(
    form: Form = .conversational, loss: Loss = .answer, hasHistory: Bool = false,
    holdsText: Bool = false, hasSentenceLines: Bool = false
  ) {
    self.form = form
    self.loss = loss
    self.hasHistory = hasHistory
    self.holdsText = holdsText
    self.hasSentenceLines = hasSentenceLines
  }

  /// Whether the loss falls on a turn.
  func isTrainedOn(_ turn: Turn, isLast: Bool) -> Bool {
    turn.role == .assistant && (isLast || loss == .turns)
  }
}

/// The shape of rows that a trainer reads: examples → JSON objects.
///
/// In what form they lie in files is another matter (`RowFileFormat`). Every row of a dialect has the same keys in the same order with the same JSON types, holds no
/// metadata, and is not followed by a newline; that is the shard's.
package protocol Dialect: Sendable {
  static var facts: DialectFacts { get }

  init(options: DialectOptions)

  /// The name of the row's schema: `Schemas/<name>.schema.json`.
  var schemaName: String { get }

  /// The columns of the rows, in their order.
  var features: [Feature] { get }

  /// The name of a split's file, without its extension.
  func stem(of split: Split) -> String

  /// What stands beside the files of the rows: descriptions that a trainer needs to find them.
  func companions(of files: [DialectFile]) -> [Companion]

  /// Whether its rows hold a rejected answer beside the right one.
  var needsRejectedAnswers: Bool { get }

  /// Why an example cannot be a row, in words for people; nil when it can.
  func refusal(of body: Example.Body) -> String?

  /// Writes an example as one JSON object.
  ///
  /// - Precondition: `refusal(of:)` the example's body is nil.
  func write(_ example: Example, into json: inout JSONWriter)
}

extension Dialect {
  package var name: String { Self.facts.name }

  package func stem(of split: Split) -> String { split.rawValue }

  package func companions(of files: [DialectFile]) -> [Companion] { [] }

  package var needsRejectedAnswers: Bool { Self.facts.needsRejectedAnswers }
}

/// A file of rows in a dialect's folder.
package struct DialectFile: Sendable, Equatable {
  package var split: Split
  /// The name within the folder.
  package var name: String
  package var rows: Int

  package init(split: Split, name: String, rows: Int) {
    self.split = split
    self.name = name
    self.rows = rows
  }
}

/// A file that stands beside the rows of a dialect.
package struct Companion: Sendable, Equatable {
  /// The name within the dialect's folder.
  package var name: String
  package var bytes: [UInt8]
}

extension Example.Body {
  /// The conversation; calling this for text is a bug of ours.
  var conversation: Conversation {
    guard case .conversation(let conversation) = self else {
      preconditionFailure("a dialect was given a body that it refuses")
    }
    return conversation
  }

  /// The plain text; calling this for a conversation is a bug of ours.
  var text: String {
    guard case .text(let text) = self else {
      preconditionFailure("a dialect was given a body that it refuses")
    }
    return text
  }

  /// Why a dialect of plain text cannot write the body; nil when it can.
  var refusalAsText: String? {
    guard case .text = self else { return "a conversation is not plain text" }
    return nil
  }

  /// Why a dialect of preferences cannot write the body; nil when it can.
  var refusalAsPreference: String? {
    if let refusal = refusalAsConversation { return refusal }
    return conversation.rejected == nil ? "there is no rejected answer" : nil
  }

  /// Why a dialect of conversations cannot write the body; nil when it can.
  var refusalAsConversation: String? {
    guard case .conversation(let conversation) = self else { return "plain text has no turns" }
    let alternates = conversation.history.enumerated().allSatisfy { index, turn in
      turn.role == (index.isMultiple(of: 2) ? .user : .assistant)
    }
    guard alternates, conversation.history.count.isMultiple(of: 2) else {
      return "user and assistant do not take turns"
    }
    return nil
  }
}
