/// An identifier that was found in a text: its class and its place, never its words.
package struct Identifier: Sendable, Hashable {
  package var kind: IdentifierClass
  /// The place in the text as it was given, in UTF-8 bytes.
  package var range: Range<Int>
  /// The name of the rule that found it, such as `phone-with-cue`.
  package var rule: String

  package init(_ kind: IdentifierClass, _ range: Range<Int>, rule: String) {
    self.kind = kind
    self.range = range
    self.rule = rule
  }
}

/// Finds identifiers of some classes in texts: a value without state, made once and shared by tasks.
package protocol IdentifierRecognizer: Sendable {
  /// The classes that it looks for.
  var classes: Set<IdentifierClass> { get }
  /// The BCP 47 language subtags that its rules were written for; empty for rules that hold in any.
  var languages: Set<String> { get }

  /// What it finds, in any order; findings may overlap.
  func identifiers(in text: MatchText) -> [Identifier]
}
