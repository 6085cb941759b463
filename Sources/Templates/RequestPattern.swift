/// The request of a wording as literals and slots, for reading a request back: what filled its slots.
///
/// Wordings put much the same words around every record. Requests are compared by what differs.
package struct RequestPattern: Sendable, Equatable {
  /// A piece of a request.
  package enum Piece: Sendable, Equatable {
    case literal(String)
    case slot(String)
  }

  /// The wording's name, as provenance rows give it.
  package var name: String
  package var pieces: [Piece]

  package init(name: String, pieces: [Piece]) {
    self.name = name
    self.pieces = []
    for piece in pieces {
      if case .literal(let text) = piece, case .literal(let before) = self.pieces.last {
        self.pieces[self.pieces.count - 1] = .literal(before + text)
      } else {
        self.pieces.append(piece)
      }
    }
  }

  /// What filled the slots of a request, by slot, so that two wordings of one record give the same.
  ///
  /// The whole request, when it is not of the pattern. Worked examples that stand above it in one
  /// text are no part of it.
  package func fillings(of request: String) -> [String] {
    let text = Self.lastPart(of: request)
    let bytes = Array(text.utf8)
    guard let values = values(of: pieces, in: bytes) ?? behindSystem(bytes) else { return [text] }
    return values.map(\.text)
  }

  /// The values where a system message stands before the request, as dialects of plain strings have
  /// it.
  private func behindSystem(_ text: [UInt8]) -> [(slot: String, text: String)]? {
    guard case .literal(let first) = pieces.first else { return nil }
    let rest = [.slot(""), .literal("\n\n" + first)] + pieces.dropFirst()
    return values(of: rest, in: text)?.filter { !$0.slot.isEmpty }
  }

  private func values(
    of pieces: [Piece], in text: [UInt8]
  ) -> [(slot: String, text: String)]? {
    var values: [(slot: String, text: String)] = []
    var open: (slot: String, start: Int)?
    var position = 0
    func close(at end: Int) {
      guard let slot = open, !values.contains(where: { $0.slot == slot.slot }) else { return }
      values.append((slot.slot, String(decoding: text[slot.start..<end], as: UTF8.self)))
    }
    for (place, piece) in pieces.enumerated() {
      switch piece {
      case .slot(let name): open = (name, position)
      case .literal(let literal):
        let bytes = Array(literal.utf8)
        let isLast = place == pieces.count - 1
        guard let found = Self.find(bytes, in: text, from: position, isLast, open == nil) else {
          return nil
        }
        close(at: found)
        open = nil
        position = found + bytes.count
      }
    }
    if open != nil { close(at: text.count) } else if position != text.count { return nil }
    return values.sorted { $0.slot.utf8.lexicographicallyPrecedes($1.slot.utf8) }
  }

  /// Where a literal stands: at `start` when no slot is open before it, at the end when it is the
  /// last piece, else at its first place.
  private static func find(
    _ literal: [UInt8], in text: [UInt8], from start: Int, _ isLast: Bool, _ isBound: Bool
  ) -> Int? {
    let last = text.count - literal.count
    guard last >= start else { return nil }
    if isBound || isLast {
      let place = isBound ? start : last
      return text[place..<place + literal.count].elementsEqual(literal) ? place : nil
    }
    return text.withUnsafeBytes { bytes in
      literal.withUnsafeBytes { bytes.firstPlace(of: $0, from: start) }
    }
  }

  /// What stands behind the line that parts worked examples from the request.
  private static func lastPart(of request: String) -> String {
    let separator = TemplateRenderer.exampleSeparator
    guard request.contains(bytesOf: separator) else { return request }
    let bytes = Array(request.utf8)
    let line = Array(separator.utf8)
    var start = 0
    bytes.withUnsafeBytes { text in
      line.withUnsafeBytes { line in
        while let found = text.firstPlace(of: line, from: start) { start = found + line.count }
      }
    }
    return String(decoding: bytes[start...], as: UTF8.self)
  }
}
