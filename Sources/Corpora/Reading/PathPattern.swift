import Records

/// A pattern of entry paths with one part to be captured: `**/{patient}/*.txt`.
struct PathPattern: Sendable {
  /// A part of a folder's or file's name.
  private enum Part: Equatable {
    case literal([UInt8])
    case anything
    case capture
  }

  /// The pattern by folders; nil for `**`, any number of them.
  private let folders: [[Part]?]

  /// - Throws: `Diagnostic` unless the pattern has `{name}` exactly once.
  init(_ pattern: String, capturing name: String) throws {
    let mark = Array("{\(name)}".utf8)
    folders = pattern.utf8.split(separator: UInt8(ascii: "/")).map { folder in
      let folder = Array(folder)
      return folder == Array("**".utf8) ? nil : Self.parts(of: folder[...], mark: mark)
    }
    let captures = folders.reduce(0) { $0 + ($1?.count { $0 == .capture } ?? 0) }
    guard captures == 1 else {
      throw Diagnostic(
        "pattern '\(pattern)' has {\(name)} \(captures) times; it must have it once",
        hint: "for example **/{\(name)}/*.txt")
    }
  }

  /// The captured part of a path; nil when the path does not fit.
  func capture(in path: String) -> String? {
    let names = path.utf8.split(separator: UInt8(ascii: "/")).map { Array($0)[...] }
    var captured: [UInt8] = []
    guard matches(names[...], folders[...], &captured) else { return nil }
    return captured.isEmpty ? nil : String(decoding: captured, as: UTF8.self)
  }

  private static func parts(of folder: ArraySlice<UInt8>, mark: [UInt8]) -> [Part] {
    var parts: [Part] = []
    var literal: [UInt8] = []
    var rest = folder
    while let byte = rest.first {
      let isCapture = rest.starts(with: mark)
      guard isCapture || byte == UInt8(ascii: "*") else {
        literal.append(rest.removeFirst())
        continue
      }
      if !literal.isEmpty { parts.append(.literal(literal)) }
      literal = []
      parts.append(isCapture ? .capture : .anything)
      rest = rest.dropFirst(isCapture ? mark.count : 1)
    }
    return literal.isEmpty ? parts : parts + [.literal(literal)]
  }

  private func matches(
    _ names: ArraySlice<ArraySlice<UInt8>>, _ pattern: ArraySlice<[Part]?>,
    _ captured: inout [UInt8]
  ) -> Bool {
    guard let folder = pattern.first else { return names.isEmpty }
    let rest = pattern.dropFirst()
    guard let folder else {
      return (names.startIndex...names.endIndex).contains { matches(names[$0...], rest, &captured) }
    }
    guard let name = names.first, Self.matches(name, folder[...], &captured) else { return false }
    return matches(names.dropFirst(), rest, &captured)
  }

  private static func matches(
    _ name: ArraySlice<UInt8>, _ parts: ArraySlice<Part>, _ captured: inout [UInt8]
  ) -> Bool {
    guard let part = parts.first else { return name.isEmpty }
    let rest = parts.dropFirst()
    switch part {
    case .literal(let text):
      return name.starts(with: text) && matches(name.dropFirst(text.count), rest, &captured)
    case .anything:
      return (name.startIndex...name.endIndex).contains { matches(name[$0...], rest, &captured) }
    case .capture:
      guard !name.isEmpty else { return false }
      return (name.startIndex + 1...name.endIndex).contains { end in
        guard matches(name[end...], rest, &captured) else { return false }
        captured = Array(name[..<end])
        return true
      }
    }
  }
}
