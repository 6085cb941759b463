import Formats
import Records

/// `croissant.json`: the dataset in MLCommons' Croissant 1.1 with fields of its Responsible AI
/// vocabulary 1.0, as mlcroissant 1.1 reads it.
///
/// Every file is a distribution with its digest. A record set stands for each file of rows, plain JSON
/// lines or Parquet, whose columns Croissant can name; other files, compressed ones and columns nested
/// twice have none.
package struct Croissant: Sendable {
  private let dataset: DatasetDescription

  package init(_ dataset: DatasetDescription) { self.dataset = dataset }

  package var file: [UInt8] {
    var json = JSONWriter(layout: .pretty)
    json.beginObject()
    writeContext(into: &json)
    json.member("@type", "sc:Dataset")
    json.member("conformsTo", Self.versions)
    json.member("name", dataset.manifest.name)
    json.member("description", dataset.summary)
    writePublication(into: &json)
    // The page of each text, or the id where there is none.
    json.member("license", licenses.map { $0.facts.address ?? $0.rawValue })
    CroissantUse(licenses).writeMember(into: &json)
    if !dataset.languages.isEmpty { json.member("inLanguage", dataset.languages) }
    json.member("keywords", ["medical"] + dataset.taskCategories)
    CroissantRAI(dataset).writeMembers(into: &json)
    json.members("distribution", files) { $1.writeFileObject(into: &$0) }
    json.key("recordSet")
    json.beginArray()
    for configuration in dataset.configurations {
      CroissantRecordSets(configuration).write(into: &json)
    }
    json.endArray()
    json.endObject()
    json.newline()
    return json.take()
  }

  private var licenses: [License] { dataset.licenses.map(\.license) }

  private var files: [DatasetDescription.File] { dataset.configurations.flatMap(\.files) }

  private static let versions = [
    "http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0",
  ]

  private func writePublication(into json: inout JSONWriter) {
    let publication = dataset.publication
    json.member("url", publication.url ?? "https://example.org/\(dataset.manifest.name)")
    json.key("creator")
    json.beginObject()
    json.member("@type", "sc:Organization")
    json.member("name", publication.creator ?? "not stated")
    json.endObject()
    json.member("datePublished", optional: publication.date)
    json.member("version", publication.version ?? "1.0.0")
    json.member("citeAs", publication.citation ?? "See NOTICE.md for the works to cite.")
  }

  /// The context of mlcroissant 1.1: it compares the keys, and takes `https` only.
  private func writeContext(into json: inout JSONWriter) {
    json.key("@context")
    json.beginObject()
    for (key, value) in Self.context {
      switch value {
      case .text(let text): json.member(key, text)
      case .typed(let id, let type):
        json.key(key)
        json.beginObject()
        json.member("@id", id)
        json.member("@type", type)
        json.endObject()
      case .container(let container):
        json.key(key)
        json.beginObject()
        json.member("@container", container)
        json.endObject()
      }
    }
    json.endObject()
  }

  private enum ContextValue {
    case text(String)
    case typed(String, String)
    case container(String)
  }

  private static let context: [(String, ContextValue)] =
    [
      ("@language", .text("en")), ("@vocab", .text("https://schema.org/")),
      ("arrayShape", .text("cr:arrayShape")), ("citeAs", .text("cr:citeAs")),
      ("column", .text("cr:column")), ("conformsTo", .text("dct:conformsTo")),
      ("containedIn", .text("cr:containedIn")), ("cr", .text("http://mlcommons.org/croissant/")),
      ("rai", .text("http://mlcommons.org/croissant/RAI/")), ("data", .typed("cr:data", "@json")),
      ("dataType", .typed("cr:dataType", "@vocab")), ("dct", .text("http://purl.org/dc/terms/")),
      ("description", .container("@language")),
      ("equivalentProperty", .text("cr:equivalentProperty")),
      ("examples", .typed("cr:examples", "@json")), ("name", .container("@language")),
      ("sc", .text("https://schema.org/")),
    ]
    + [
      "extract", "field", "fileProperty", "fileObject", "fileSet", "format", "includes", "isArray",
      "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references",
      "regex", "repeated", "replace", "samplingRate", "separator", "source", "subField",
      "transform",
    ].map { ($0, .text("cr:\($0)")) }
}

extension DatasetDescription.File {
  /// The name of the file's object, by which record sets refer to it.
  var objectID: String { path }

  var isCompressed: Bool { path.hasSuffix(".gz") }

  private var mediaType: String {
    isCompressed
      ? "application/gzip" : (RowFileFormat(ofFile: path) ?? .jsonl).mediaType
  }

  fileprivate func writeFileObject(into json: inout JSONWriter) {
    json.beginObject()
    json.member("@type", "cr:FileObject")
    json.member("@id", objectID)
    json.member("name", path)
    json.member("contentUrl", path)
    json.member("contentSize", "\(bytes) B")
    json.member("encodingFormat", mediaType)
    json.member("sha256", sha256)
    json.endObject()
  }
}
