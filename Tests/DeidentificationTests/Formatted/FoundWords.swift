import Deidentification

/// What a recognizer finds in a text, as words with their classes, in the order of their places.
func found(_ text: String, by recognizers: any IdentifierRecognizer...) -> [String] {
  let bytes = Array(text.utf8)
  return IdentifierScanner(recognizers).identifiers(in: text).map {
    "\($0.kind.rawValue) \(String(decoding: bytes[$0.range], as: UTF8.self))"
  }
}
