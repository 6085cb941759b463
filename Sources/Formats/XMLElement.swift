import Records

/// An element of the record at hand: a light view into the parser's buffers.
///
/// Valid until the record's callback returns; a later use stops the program rather than show
/// another record's text. It is three words without a reference count. Names are local names; a namespace prefix is dropped, and kept in
/// `prefix`. A name that is asked for may be written with its prefix (`xlink:href`) to be strict;
/// it is a literal, which is looked up once per document and then known by its address.
package struct XMLElement {
  private let arena: UnsafeMutablePointer<XMLArenaStorage>
  let index: Int
  let generation: Int

  init(_ arena: UnsafeMutablePointer<XMLArenaStorage>, index: Int, generation: Int) {
    self.arena = arena
    self.index = index
    self.generation = generation
  }

  @inline(__always)
  var storage: UnsafeMutablePointer<XMLArenaStorage> {
    precondition(
      generation == arena.pointee.generation, "an XML element is used after its record")
    return arena
  }

  @inline(__always)
  var node: XMLNode { storage.pointee.nodes[index] }

  func sibling(_ place: Int) -> XMLElement {
    XMLElement(arena, index: place, generation: generation)
  }
}

/// An attribute of an element.
package struct XMLAttribute: Equatable {
  package var prefix: String?
  package var name: String
  package var value: String
}

// MARK: Name and place

extension XMLElement {
  /// The local name.
  package var name: String { storage.pointee.names.names[Int(node.name)] }

  /// The namespace prefix as written, or nil.
  package var prefix: String? { storage.pointee.string(node.prefix) }

  /// The line of the end of the start tag, 1-based.
  package var line: Int { Int(node.line) }

  /// The offset of the `<` that starts the record, in bytes of the input; nil when the input was
  /// not UTF-8 and had to be converted.
  package var byteOffset: Int? { storage.pointee.byteOffset }

  /// The element's line and the record's offset, for messages.
  package var position: Position { Position(line: line, byteOffset: byteOffset) }

  /// Whether the element has this name; quicker than comparing `name`.
  package func isNamed(_ name: StaticString) -> Bool {
    guard let wanted = storage.pointee.wantedNames.name(name, in: storage) else { return false }
    return wanted.matches(node.name, node.prefix)
  }
}

// MARK: Attributes

extension XMLElement {
  /// The value of an attribute, or nil.
  package func attribute(_ name: StaticString) -> String? {
    guard let wanted = storage.pointee.wantedNames.name(name, in: storage) else { return nil }
    for place in attributeRange {
      let attribute = storage.pointee.attributes[place]
      if wanted.matches(attribute.name, attribute.prefix) {
        return storage.pointee.value(of: attribute)
      }
    }
    return nil
  }

  /// The attributes in document order, namespace declarations left out.
  package var attributes: [XMLAttribute] {
    attributeRange.map { place in
      let attribute = storage.pointee.attributes[place]
      return XMLAttribute(
        prefix: storage.pointee.string(attribute.prefix),
        name: storage.pointee.names.names[Int(attribute.name)],
        value: storage.pointee.value(of: attribute))
    }
  }

  private var attributeRange: Range<Int> {
    let start = Int(node.attributes)
    let next = index + 1
    guard next < storage.pointee.nodes.count else {
      return start..<storage.pointee.attributes.count
    }
    return start..<Int(storage.pointee.nodes[next].attributes)
  }
}

// MARK: Text

extension XMLElement {
  /// The text of the element and all its descendants, as written, spaces and line ends included.
  package var text: String { withTextBytes { String(decoding: $0, as: UTF8.self) } }

  /// The same as UTF-8 bytes, valid during the call; without copying.
  package func withTextBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    let node = node
    return try body(storage.pointee.bytes(Int(node.textStart)..<Int(node.textEnd)))
  }

  /// Whether the element has neither text nor child elements.
  package var isEmpty: Bool { Int(node.end) == index + 1 }

  /// The text of the first element at a path below, or nil.
  package func text(of path: StaticString...) -> String? {
    var element = self
    for name in path {
      guard let next = element.first(name) else { return nil }
      element = next
    }
    return element.text
  }
}

// MARK: Children

extension XMLElement {
  /// The child elements in order.
  package var children: XMLChildren { XMLChildren(parent: self, wanted: nil) }

  /// The child elements of this name, in order.
  package func elements(named name: StaticString) -> XMLChildren {
    guard let wanted = storage.pointee.wantedNames.name(name, in: storage) else {
      return XMLChildren(parent: self, wanted: .nothing)
    }
    return XMLChildren(parent: self, wanted: wanted)
  }

  /// All elements of this name below this one, at any depth, in document order.
  package func descendants(named name: StaticString) -> [XMLElement] {
    guard let wanted = storage.pointee.wantedNames.name(name, in: storage) else { return [] }
    return (index + 1..<Int(node.end)).filter { place in
      let node = storage.pointee.nodes[place]
      return node.name != XMLNode.text && wanted.matches(node.name, node.prefix)
    }.map(sibling)
  }

  /// The first child element of this name.
  package func first(_ name: StaticString) -> XMLElement? {
    guard let wanted = storage.pointee.wantedNames.name(name, in: storage) else { return nil }
    let nodes = storage.pointee.nodes
    let end = Int(node.end)
    var place = index + 1
    while place < end {
      let child = nodes[place]
      if child.name != XMLNode.text, wanted.matches(child.name, child.prefix) {
        return sibling(place)
      }
      place = Int(child.end)
    }
    return nil
  }

  /// The first child of that name of the first child of this name.
  package func first(_ name: StaticString, _ inner: StaticString) -> XMLElement? {
    first(name)?.first(inner)
  }

  /// Text and child elements in order, for mixed content.
  package var content: XMLContent { XMLContent(parent: self) }
}

/// The child elements of an element, or those of one name.
package struct XMLChildren: Sequence, IteratorProtocol {
  private let parent: XMLElement
  private let wanted: XMLWantedName?
  private let end: Int
  private var place: Int

  fileprivate init(parent: XMLElement, wanted: XMLWantedName?) {
    self.parent = parent
    self.wanted = wanted
    end = Int(parent.node.end)
    place = parent.index + 1
  }

  package mutating func next() -> XMLElement? {
    while place < end {
      let index = place
      let node = parent.storage.pointee.nodes[index]
      place = Int(node.end)
      guard node.name != XMLNode.text else { continue }
      guard wanted?.matches(node.name, node.prefix) ?? true else { continue }
      return parent.sibling(index)
    }
    return nil
  }
}

/// The content of an element: text and elements in turn.
package struct XMLContent: Sequence, IteratorProtocol {
  /// A run of text, or an element.
  package enum Piece {
    case text(String)
    case element(XMLElement)
  }

  private let parent: XMLElement
  private let end: Int
  private var place: Int

  fileprivate init(parent: XMLElement) {
    self.parent = parent
    end = Int(parent.node.end)
    place = parent.index + 1
  }

  package mutating func next() -> Piece? {
    guard place < end else { return nil }
    let index = place
    let node = parent.storage.pointee.nodes[index]
    place = Int(node.end)
    guard node.name == XMLNode.text else { return .element(parent.sibling(index)) }
    let range = Int(node.textStart)..<Int(node.textEnd)
    return .text(String(decoding: parent.storage.pointee.bytes(range), as: UTF8.self))
  }
}

// MARK: Looking into the storage

extension XMLArenaStorage {
  func string(_ id: Int32) -> String? { id < 0 ? nil : names.names[Int(id)] }

  func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: text.base + range.lowerBound, count: range.count)
  }

  func value(of attribute: XMLAttributeNode) -> String {
    let start = attributeText.base + Int(attribute.start)
    let bytes = UnsafeBufferPointer(start: start, count: Int(attribute.end - attribute.start))
    return String(decoding: bytes, as: UTF8.self)
  }
}
