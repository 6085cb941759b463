import Records

/// How a model's own chat template writes a conversation, so that all of a row's tokens can be counted.
///
/// After the `chat_template` of the models' own files; a system message stands where the template has
/// it, and the text that a template puts there unasked is counted too.
package struct ChatMarkup: Sendable, Equatable {
  /// What stands around a text of one role.
  package struct Frame: Sendable, Equatable {
    var before: String
    var after: String

    init(_ before: String, _ after: String) {
      self.before = before
      self.after = after
    }
  }

  /// A stretch of a filled template.
  package enum Part: Sendable, Equatable {
    case markup(String)
    case text(String)
  }

  /// What people call it: `chatml`, `llama3`.
  package var name: String
  /// What stands before all turns.
  var start = ""
  var system: Frame
  var user: Frame
  var assistant: Frame
  /// The last turn of the assistant, where it is written in another way.
  var answer: Frame?
  /// Whether the system message stands in the first question, having no turn of its own.
  var isSystemInQuestion = false
  /// What stands before every system message, and alone where there is none.
  var systemHead = ""
  /// The system message of a conversation that has none.
  var defaultSystem = ""
  /// Whether the template takes blanks off the ends of texts.
  var trimsTexts = false
  /// The pieces of the markup that are one token each.
  package var tokens: [String]

  /// A conversation in the template, stretch by stretch.
  package func parts(of conversation: Conversation) -> [Part] {
    var parts: [Part] = start.isEmpty ? [] : [.markup(start)]
    var message = conversation.system.isEmpty ? defaultSystem : conversation.system
    if !isSystemInQuestion, !(systemHead + message).isEmpty {
      parts += [
        .markup(system.before + systemHead), .text(trimmed(message)), .markup(system.after),
      ]
      message = ""
    }
    let turns = conversation.history + [Turn(role: .user, text: conversation.prompt)]
    for turn in turns {
      guard turn.role == .user else {
        append(turn.text, in: assistant, to: &parts)
        continue
      }
      parts.append(.markup(user.before))
      if !message.isEmpty { append(message, in: system, to: &parts) }
      message = ""
      parts += [.text(trimmed(turn.text)), .markup(user.after)]
    }
    return parts + answerParts(of: conversation, withHead: true)
  }

  /// What the loss falls on: the answer, and the mark of its end.
  package func answerParts(of conversation: Conversation) -> [Part] {
    answerParts(of: conversation, withHead: false)
  }

  private func answerParts(of conversation: Conversation, withHead: Bool) -> [Part] {
    let turn = answer ?? assistant
    return (withHead ? [.markup(turn.before)] : []) + [
      .text(trimmed(conversation.output)), .markup(turn.after),
    ]
  }

  private func append(_ text: String, in turn: Frame, to parts: inout [Part]) {
    parts += [.markup(turn.before), .text(trimmed(text)), .markup(turn.after)]
  }

  private func trimmed(_ text: String) -> String {
    guard trimsTexts, let first = text.first, let last = text.last,
      first.isWhitespace || last.isWhitespace
    else { return text }
    let tail = text.drop(while: \.isWhitespace)
    return tail.lastIndex { !$0.isWhitespace }.map { String(tail[...$0]) } ?? ""
  }
}

extension [ChatMarkup.Part] {
  /// The stretches as one text.
  package var joined: String {
    reduce(into: "") {
      switch $1 {
      case .markup(let text), .text(let text): $0 += text
      }
    }
  }
}
