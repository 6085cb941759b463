import CXML

/// libxml2 as a whole: set up once, with callbacks that lead to an `XMLRecordBuilder`.
enum XMLLibrary {
  /// Sets libxml2 up, once in the process; it prints nothing from then on.
  static func initialize() { _ = isInitialized }

  private static let isInitialized: Bool = {
    xmlInitParser()
    // Errors reach us through the handler's `serror`; what libxml2 raises without a parser at
    // hand would go to standard error, on this thread and on those that come later.
    xmlThrDefSetStructuredErrorFunc(nil) { _, _ in }
    xmlSetStructuredErrorFunc(nil) { _, _ in }
    return true
  }()

  /// The callbacks; those of SAX2 that would build a tree or load a DTD are left out.
  static var handler: xmlSAXHandler {
    var handler = xmlSAXHandler()
    handler.initialized = XML_SAX2_MAGIC
    handler.startElementNs = { context, name, prefix, _, _, _, count, _, attributes in
      guard let name else { return }
      context.builder.pointee.startElement(name, prefix, Int(count), attributes)
    }
    handler.endElementNs = { context, _, _, _ in context.builder.pointee.endElement() }
    // The same function for both: then libxml2 does not ask whether a text is only spaces.
    handler.characters = characters
    handler.ignorableWhitespace = characters
    handler.cdataBlock = characters
    handler.getEntity = { context, name in
      guard let name else { return nil }
      return context.builder.pointee.entity(name)
    }
    handler.entityDecl = { context, _, _, _, _, _ in
      context.builder.pointee.fail(.declaresEntities)
    }
    handler.unparsedEntityDecl = { context, _, _, _, _ in
      context.builder.pointee.fail(.declaresEntities)
    }
    handler.getParameterEntity = { context, _ in
      context.builder.pointee.fail(.declaresEntities)
      return nil
    }
    handler.serror = { context, error in
      guard let error else { return }
      context.builder.pointee.take(error)
    }
    return handler
  }

  private static let characters: charactersSAXFunc = { context, bytes, count in
    guard let bytes else { return }
    context.builder.pointee.characters(bytes, Int(count))
  }
}

extension UnsafeMutableRawPointer? {
  /// The builder that was given to libxml2 with its parser.
  @inline(__always)
  fileprivate var builder: UnsafeMutablePointer<XMLRecordBuilder> {
    guard let self else { fatalError("libxml2 calls back without its parser") }
    return self.assumingMemoryBound(to: XMLRecordBuilder.self)
  }
}
