import Formats
import Foundation
import Tokenizers

/// A folder of tokenizers' files, texts, and the ids that the original libraries gave them.
struct TokenizerGolden {
  let texts: [String]
  private let ids: [String: [[Int32]]]
  private let files: [String: [UInt8]]

  /// The small tokenizers that `golden.py` made of invented text.
  static func fixtures() throws -> TokenizerGolden {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    let expected = try JSONDocument(parsing: bytes(of: folder.appending(path: "expected.json")))
    var ids: [String: [[Int32]]] = [:]
    var files: [String: [UInt8]] = [:]
    for member in expected.root["ids"]?.members.map({ $0 }) ?? [] {
      let name = member.key.string ?? ""
      ids[name] = lists(member.value)
      let file = folder.appending(path: name.hasPrefix("sp-") ? "\(name).model" : "\(name).json")
      files[name] = try bytes(of: file)
    }
    return TokenizerGolden(texts: strings(expected.root["texts"]), ids: ids, files: files)
  }

  /// What `golden.py FOLDER NAME=FILE …` wrote.
  static func real(in folder: URL) throws -> TokenizerGolden {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".tokenizer") }.map { String($0.dropLast(10)) }
    var ids: [String: [[Int32]]] = [:]
    var files: [String: [UInt8]] = [:]
    for name in names {
      let list = try JSONDocument(parsing: bytes(of: folder.appending(path: "\(name).ids.json")))
      ids[name] = lists(list.root)
      files[name] = try bytes(of: folder.appending(path: "\(name).tokenizer"))
    }
    let texts = try JSONDocument(parsing: bytes(of: folder.appending(path: "texts.json")))
    return TokenizerGolden(texts: strings(texts.root), ids: ids, files: files)
  }

  var names: [String] { ids.keys.sorted() }

  func file(of name: String) -> [UInt8] { files[name] ?? [] }

  func tokenizer(_ name: String) throws -> Tokenizer { try Tokenizer(parsing: file(of: name)) }

  /// The texts whose ids or count are not those of the original, as the tokenizer meets them in turn.
  func differences(of name: String) throws -> [String] {
    let encoder = TokenEncoder(try tokenizer(name))
    return try zip(texts, ids[name] ?? []).compactMap { text, expected in
      let found = try encoder.ids(of: text)
      let isSame = try found == expected && encoder.count(of: text) == expected.count
      return isSame ? nil : "\(text.debugDescription): \(found), not \(expected)"
    }
  }

  private static func bytes(of file: URL) throws -> [UInt8] { Array(try Data(contentsOf: file)) }

  private static func strings(_ node: JSONNode?) -> [String] {
    node?.elements.compactMap(\.string) ?? []
  }

  private static func lists(_ node: JSONNode) -> [[Int32]] {
    node.elements.map { $0.elements.compactMap { $0.int.map { Int32($0) } } }
  }
}
