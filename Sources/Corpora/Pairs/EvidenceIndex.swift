import Formats
import Records

/// What Evidence Inference's articles are read with: prompts, annotations, lists of ids.
struct EvidenceIndex: Sendable {
  private var promptsByArticle: [String: [EvidencePrompt]] = [:]
  private var articlesInOrder: [String] = []
  private var judgements: [String: [EvidenceJudgement]] = [:]
  private var splits: [String: Split] = [:]
  private var incorrect: Set<String> = []
  private var articles: Set<String> = []

  func prompts(on article: String) -> [EvidencePrompt] { promptsByArticle[article] ?? [] }

  /// The prompts whose article is not there, in the order of the file.
  var promptsWithoutArticle: [EvidencePrompt] {
    articlesInOrder.filter { !articles.contains($0) }.flatMap(prompts)
  }

  func judgements(of prompt: EvidencePrompt) -> [EvidenceJudgement] { judgements[prompt.id] ?? [] }

  func split(of prompt: EvidencePrompt) -> Split? { splits[prompt.article] }

  /// Whether the corpus' README lists the prompt as incorrect.
  func isIncorrect(_ prompt: EvidencePrompt) -> Bool { incorrect.contains(prompt.id) }
}

// MARK: Which entry is what

extension EvidenceIndex {
  static func holds(_ path: String) -> Bool {
    isPrompts(path) || isArticle(path) || isAnnotations(path) || list(path) != nil || isReadme(path)
  }

  static func isPrompts(_ path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "csv" && name.stem.hasPrefix("prompts") && !name.isLitter
  }

  static func isArticle(_ path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "txt" && name.stem.hasPrefix("PMC")
  }

  /// The number of an article's file.
  static func article(of path: String) -> String { String(EntryName(path).stem.dropFirst(3)) }

  private static func isAnnotations(_ path: String) -> Bool {
    let name = EntryName(path)
    return name.kind == "csv" && name.stem.contains("annotations") && !name.isLitter
  }

  private static func isReadme(_ path: String) -> Bool {
    let name = EntryName(path)
    return name.stem == "README" && name.kind == "md"
  }

  /// The split that a list of ids is of; those of single versions (`ev1_…`) are left aside.
  private static func list(_ path: String) -> Split? {
    let name = EntryName(path)
    guard name.kind == "txt", name.stem.hasSuffix("_article_ids") else { return nil }
    return Split(corpusName: String(name.stem.dropLast("_article_ids".utf8.count)))
  }
}

// MARK: Taking entries

extension EvidenceIndex {
  mutating func take(_ entry: inout some EntryBytes) throws {
    let path = entry.path
    if Self.isArticle(path) {
      articles.insert(Self.article(of: path))
    } else if Self.isPrompts(path) {
      try takePrompts(&entry)
    } else if Self.isAnnotations(path) {
      try takeAnnotations(&entry)
    } else if let split = Self.list(path) {
      try entry.forEachLine { line in
        let id = TidyText.line(line.text)
        if !id.isEmpty { splits[id] = split }
      }
    } else {
      try takeReadme(&entry)
    }
  }

  private mutating func takePrompts(_ entry: inout some EntryBytes) throws {
    let columns = ["PromptID", "PMCID", "Outcome", "Intervention", "Comparator"]
    try TableRows(columns: columns).read(&entry) { row in
      let row = try row.get()
      let cells = columns.map { TidyText.line(row[$0] ?? "") }
      let prompt = EvidencePrompt(
        id: cells[0], article: cells[1], outcome: cells[2], intervention: cells[3],
        comparator: cells[4])
      if promptsByArticle[prompt.article] == nil { articlesInOrder.append(prompt.article) }
      promptsByArticle[prompt.article, default: []].append(prompt)
    }
  }

  private mutating func takeAnnotations(_ entry: inout some EntryBytes) throws {
    let columns = [
      "UserID", "PromptID", "Valid Label", "Label", "Annotations", "Evidence Start", "Evidence End",
    ]
    try TableRows(columns: columns).read(&entry) { row in
      let row = try row.get()
      let label = TidyText.line(row["Label"] ?? "")
      let judgement = EvidenceJudgement(
        annotator: row["UserID"] ?? "",
        isValid: ["true", "1"].contains(row["Valid Label"]?.lowercased()),
        label: label == "significantly increase" ? "significantly increased" : label,
        text: row["Annotations"] ?? "",
        span: TextSpan(
          Int(row["Evidence Start"] ?? "") ?? -1, Int(row["Evidence End"] ?? "") ?? -1))
      judgements[row["PromptID"] ?? "", default: []].append(judgement)
    }
  }

  /// The numbers under the heading `Incorrect`.
  private mutating func takeReadme(_ entry: inout some EntryBytes) throws {
    var isListing = false
    try entry.forEachLine { line in
      if line.text.hasPrefix("#") {
        isListing = line.text.contains("Incorrect")
      } else if isListing {
        incorrect.formUnion(line.text.split(separator: ",").map { TidyText.line(String($0)) })
      }
    }
  }
}
