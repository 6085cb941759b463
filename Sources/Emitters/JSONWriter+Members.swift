import Formats

extension JSONWriter {
  mutating func member(_ name: String, _ value: String) {
    key(name)
    string(value)
  }

  mutating func member(_ name: String, _ value: Int) {
    key(name)
    number(value)
  }

  mutating func member(_ name: String, _ value: Double) {
    key(name)
    number(text: DecimalText.of(value))
  }

  mutating func member(_ name: String, _ value: Bool) {
    key(name)
    bool(value)
  }

  mutating func member(_ name: String, _ values: [String]) {
    key(name)
    beginArray()
    for value in values { string(value) }
    endArray()
  }

  /// Writes the member when there is a value, and nothing otherwise.
  mutating func member(_ name: String, optional value: String?) {
    if let value { member(name, value) }
  }

  /// Writes elements as an array, each by `body`.
  mutating func members<Element>(
    _ name: String, _ elements: some Sequence<Element>, _ body: (inout JSONWriter, Element) -> Void
  ) {
    key(name)
    beginArray()
    for element in elements { body(&self, element) }
    endArray()
  }

  /// Writes a member that maps names to counts, in the order given.
}
