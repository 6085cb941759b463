/// Undoes the compression of a file or member and finds out what lies inside.
struct ContentOpener {
  /// What lies inside, with a word about the name where it contradicts the content.
  enum Content {
    case container(Container, warning: String?)
    /// One stream, and the path without the endings of the compressions undone.
    case plain(any ByteSource, path: String, warning: String?)
  }

  let expansion: Expansion
  let members: MemberFilter
  /// Whether a container may be opened here.
  let mayNest: Bool

  private var limits: ArchiveLimits { expansion.limits }

  func open(
    _ source: any ByteSource, named originalPath: String
  ) throws(ArchiveError) -> Content {
    var path = originalPath
    var layer = PeekedSource(source is FileSource ? source : MeteredSource(source, expansion))
    var warning: String?
    var filters = 0
    while true {
      let firstBytes = try layer.peek(FileKind.window)
      let isEmptyTar = Container.Format.isEmptyTar(path, firstBytes)
      switch isEmptyTar ? .container(.tar) : FileKind(firstBytes: firstBytes) {
      case .compressed(let compression):
        filters += 1
        guard filters <= limits.filters else {
          throw ArchiveError(.limitExceeded(.filters, limit: limits.filters))
        }
        warning = warning ?? contradiction(path, compression.rawValue)
        if compression.isUnchecked(firstBytes: firstBytes) {
          warning = warning ?? "is compressed without a checksum; damage in it may go unnoticed"
        }
        path = compression.nameWithoutSuffix(path)
        layer = PeekedSource(MeteredSource(try compression.source(over: layer), expansion))
      case .container(.zip) where isDocument(path, firstBytes):
        return .plain(delivered(layer, of: source, filters), path: path, warning: warning)
      case .container(let format):
        guard mayNest else {
          throw ArchiveError(.limitExceeded(.nesting, limit: limits.nesting))
        }
        let input = try containerInput(format, layer, of: source, filters)
        let container = try Container(format, reading: input, prefix: prefix(originalPath, source))
        return .container(container, warning: warning ?? contradiction(path, format.rawValue))
      case .notEnabled(let name): throw ArchiveError(.formatNotEnabled(name))
      case .plain:
        if let claimed = ClaimedFormat.of(path) {
          throw ArchiveError(.notAnArchive(claimed: claimed))
        }
        return .plain(delivered(layer, of: source, filters), path: path, warning: warning)
      }
    }
  }

  /// What a container reads from: the file itself or memory where it must seek.
  private func containerInput(
    _ format: Container.Format, _ layer: PeekedSource, of source: any ByteSource, _ filters: Int
  ) throws(ArchiveError) -> any ByteSource {
    guard format.needsSeeking else { return layer }
    if filters == 0, let file = source as? FileSource {
      file.seek(to: 0)
      return file
    }
    return try buffered(layer)
  }

  private func buffered(_ source: any ByteSource) throws(ArchiveError) -> MemorySource {
    var bytes: [UInt8] = []
    while let chunk = try source.next() {
      guard bytes.count + chunk.count <= limits.bufferedBytes else {
        throw ArchiveError(.limitExceeded(.bufferedBytes, limit: limits.bufferedBytes))
      }
      bytes.append(contentsOf: chunk)
    }
    return MemorySource(bytes)
  }

  /// The stream that the reader gets; all but a plain file on disk is counted.
  private func delivered(
    _ layer: PeekedSource, of source: any ByteSource, _ filters: Int
  ) -> any ByteSource {
    guard source is FileSource else {
      return MeteredSource(layer, expansion, deliversUnder: .entryBytes)
    }
    return filters == 0 ? layer : MeteredSource(layer, expansion, deliversUnder: .streamBytes)
  }

  private func prefix(_ path: String, _ source: any ByteSource) -> String {
    source is FileSource ? "" : path + "/"
  }

  private func contradiction(_ path: String, _ format: String) -> String? {
    guard let claimed = ClaimedFormat.of(path), claimed != format else { return nil }
    return "is named as \(claimed), but its content is \(format); it is read as \(format)"
  }

  /// Whether a zip is one document (OOXML, OpenDocument, EPUB) by its name or its first member.
  private func isDocument(_ path: String, _ firstBytes: UnsafeRawBufferPointer) -> Bool {
    let firstNameOffset = 30
    return members.isOpaque(path)
      || Self.documentMembers.contains { firstBytes.holds($0, at: firstNameOffset) }
  }

  private static let documentMembers = [
    "[Content_Types].xml", "mimetypeapplication/", "_rels/.rels",
  ]
  .map { Array($0.utf8) }
}
