import Formats

extension Recipe {
  /// Cleaning beyond the defaults.
  package struct Cleaning: Sendable, Equatable {
    package var foldsSpaces = false
    package var chatTokens = ChatTokenPolicy.neutralise

    /// What becomes of special tokens of chat templates in a text.
    package enum ChatTokenPolicy: String, Sendable, CaseIterable {
      case neutralise
      case reject
      case keep
    }
  }
}

extension Recipe.Cleaning {
  init(_ node: YAMLNode?) {
    foldsSpaces = node?["fold_spaces"]?.bool ?? false
    chatTokens =
      node?["chat_tokens"]?.string.flatMap(ChatTokenPolicy.init(rawValue:)) ?? .neutralise
  }

  var resolved: JSON {
    // Left out where it is the default, so that locks of earlier versions hold.
    let tokens =
      chatTokens == .neutralise
      ? [] : [JSON.Member("chat_tokens", .string(chatTokens.rawValue))]
    return .object([JSON.Member("fold_spaces", .bool(foldsSpaces))] + tokens)
  }
}
