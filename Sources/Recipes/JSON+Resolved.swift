import Formats
import Records

extension JSON {
  static func strings(_ texts: [String]) -> JSON { .array(texts.map(JSON.string)) }

  static func decimal(_ value: Double) -> JSON {
    var writer = JSONWriter()
    writer.number(value)
    return .number(writer.text)
  }

  static func texts(_ texts: [String: String]) -> JSON {
    .object(
      texts.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map {
        Member($0, .string(texts[$0] ?? ""))
      })
  }

  static func tags(_ tags: [Tag]) -> JSON {
    var members: [Member] = []
    for tag in tags {
      if let last = members.last, last.key == tag.name, let values = last.value.array {
        members[members.count - 1].value = .array(values + [.string(tag.value)])
      } else {
        members.append(Member(tag.name, .array([.string(tag.value)])))
      }
    }
    return .object(members)
  }
}

extension Int? {
  func member(_ key: String) -> [JSON.Member] {
    map { [JSON.Member(key, .number(String($0)))] } ?? []
  }
}

extension [String] {
  func member(_ key: String) -> [JSON.Member] {
    isEmpty ? [] : [JSON.Member(key, .strings(self))]
  }
}
