/// Finds the name of a document's root element in its first bytes, before anything is parsed.
struct XMLRootName {
  /// What is known so far.
  enum Finding: Equatable {
    case needsMore
    case found(String)
    /// The bytes do not start as XML in an ASCII-compatible encoding; the parser may know better.
    case unclear
  }

  /// The longest prolog that is looked through.
  private static let maximumBytes = 64 << 10
  private var head: [UInt8] = []

  /// Takes more of the document's start.
  mutating func take(_ chunk: UnsafeRawBufferPointer) -> Finding {
    head.append(contentsOf: chunk.prefix(Self.maximumBytes - head.count))
    let finding = Self.root(in: head[...])
    return finding == .needsMore && head.count >= Self.maximumBytes ? .unclear : finding
  }

  private static func root(in bytes: ArraySlice<UInt8>) -> Finding {
    var rest = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes
    while true {
      rest = rest.drop(while: TidyText.isSpace)
      guard let first = rest.first else { return .needsMore }
      guard first == UInt8(ascii: "<") else { return .unclear }
      guard let second = rest.dropFirst().first else { return .needsMore }
      guard second == UInt8(ascii: "?") || second == UInt8(ascii: "!") else {
        return name(in: rest.dropFirst())
      }
      guard let next = afterMarkup(rest) else { return .needsMore }
      rest = next
    }
  }

  private static func name(in rest: ArraySlice<UInt8>) -> Finding {
    let isEnd = { (byte: UInt8) in
      TidyText.isSpace(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
    }
    guard let end = rest.firstIndex(where: isEnd) else { return .needsMore }
    let name = String(decoding: rest[..<end], as: UTF8.self)
    return .found(name.split(separator: ":").last.map(String.init) ?? name)
  }

  /// What follows a comment, a processing instruction or a document type.
  private static func afterMarkup(_ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    if rest.starts(with: "<!--".utf8) { return after("-->", in: rest.dropFirst(4)) }
    if rest.starts(with: "<?".utf8) { return after("?>", in: rest.dropFirst(2)) }
    var isInSubset = false
    var quote: UInt8?
    for index in rest.indices {
      let byte = rest[index]
      if quote != nil {
        if byte == quote { quote = nil }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
      case UInt8(ascii: "["): isInSubset = true
      case UInt8(ascii: "]"): isInSubset = false
      case UInt8(ascii: ">") where !isInSubset: return rest[(index + 1)...]
      default: continue
      }
    }
    return nil
  }

  private static func after(_ mark: String, in rest: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let mark = Array(mark.utf8)
    return rest.indices.first { rest[$0...].starts(with: mark) }.map { rest[($0 + mark.count)...] }
  }
}
