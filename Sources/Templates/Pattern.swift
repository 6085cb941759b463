import Records

/// A template's text, cut into literals and slots once so that rendering only appends.
struct Pattern: Sendable, Equatable {
  /// A piece of a pattern.
  enum Piece: Sendable, Equatable {
    case literal(String)
    /// The index of a slot in the task's list.
    case slot(Int)
  }

  private(set) var pieces: [Piece] = []
  /// The slots used, bit n for slot n.
  private(set) var usedSlots: UInt32 = 0

  static let empty = Pattern()

  private init() {}

  /// - Throws: `PatternError` at the first brace that does not make sense.
  init(_ text: String, slots: [TrainingTask.Slot]) throws(PatternError) {
    var literal: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case Self.open where rest.first == Self.open, Self.close where rest.first == Self.close:
        rest.removeFirst()
        literal.append(byte)
      case Self.open:
        guard let end = rest.firstIndex(of: Self.close) else { throw .unclosedBrace }
        let name = String(decoding: rest[..<end], as: UTF8.self)
        guard let slot = slots.firstIndex(where: { $0.name == name }) else {
          throw .unknownSlot(name)
        }
        appendLiteral(&literal)
        pieces.append(.slot(slot))
        usedSlots |= 1 << UInt32(slot)
        rest = rest[(end + 1)...]
      case Self.close: throw .strayBrace
      default: literal.append(byte)
      }
    }
    appendLiteral(&literal)
  }

  private mutating func appendLiteral(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    pieces.append(.literal(String(decoding: bytes, as: UTF8.self)))
    bytes.removeAll()
  }

  /// The text with the slots filled in.
  func filled(with values: [String]) -> String {
    if pieces.count == 1 { return text(of: pieces[0], values) }  // no copy
    var result = ""
    result.reserveCapacity(pieces.reduce(0) { $0 + text(of: $1, values).utf8.count })
    for piece in pieces { result += text(of: piece, values) }
    return result
  }

  private func text(of piece: Piece, _ values: [String]) -> String {
    switch piece {
    case .literal(let text): text
    case .slot(let index): values[index]
    }
  }

  private static let open = UInt8(ascii: "{")
  private static let close = UInt8(ascii: "}")
}

/// What is wrong with a pattern.
enum PatternError: Error, Equatable {
  case unclosedBrace
  case strayBrace
  case unknownSlot(String)
}
