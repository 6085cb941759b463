import Records

/// Hands the documents of a BioC file to the sink.
///
/// An id of digits is a PMID; a document without an id is rejected.
struct BioCOutlet {
  private var outlet: AnnotationOutlet
  private let split: Split?
  private var ids = RepeatedIDs()

  init(_ outlet: AnnotationOutlet, split: Split?) {
    self.outlet = outlet
    self.split = split
  }

  /// Whether there was a document.
  var hasDocuments: Bool { outlet.count > 0 }

  mutating func pass(
    _ document: BioCDocument, at byteOffset: Int?, to sink: ReadingSink
  ) throws {
    let id = document.id
    guard !id.isEmpty else {
      return try outlet.reject("", .missingField, value: "id", at: byteOffset, to: sink)
    }
    let uniqueID = ids.unique(id)
    guard !document.isMalformed else {
      return try outlet.reject(
        uniqueID, .malformed, value: "offset or length", at: byteOffset, to: sink)
    }
    let (content, tags) = document.content(outlet.check)
    let isPMID = id.utf8.allSatisfy { (0x30...0x39).contains($0) }
    try outlet.pass(
      content, id: uniqueID, groups: [GroupKey(isPMID ? .pmid : .document, id)], split: split,
      tags: (isPMID ? [Tag("pmid", id)] : []) + tags, at: byteOffset, to: sink)
  }
}
