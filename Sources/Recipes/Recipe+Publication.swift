import Formats

extension Recipe {
  /// What only the people who publish the dataset know, for its card and its Croissant file.
  package struct Publication: Sendable, Equatable {
    package var title: String?
    package var creator: String?
    package var url: String?
    /// The day of publication, as `2026-11-26`.
    package var date: String?
    package var version: String?
    package var citation: String?
  }
}

extension Recipe.Publication {
  init(_ node: YAMLNode?) {
    title = node?["title"]?.string
    creator = node?["creator"]?.string
    url = node?["url"]?.string
    date = node?["date"]?.string
    version = node?["version"]?.string
    citation = node?["citation"]?.string
  }

  /// Nil when nothing is said.
  var resolved: JSON? {
    let members = [
      ("title", title), ("creator", creator), ("url", url), ("date", date), ("version", version),
      ("citation", citation),
    ].compactMap { key, value in value.map { JSON.Member(key, .string($0)) } }
    return members.isEmpty ? nil : .object(members)
  }
}
