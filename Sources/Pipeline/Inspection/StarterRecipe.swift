import Glibc
import Records

/// A first recipe for inspected files, with a word about each part, to be edited.
package struct StarterRecipe {
  private let name: String
  private let folder: String
  private var sources: [Source] = []
  private var lines: [String] = []

  /// What one source of the recipe is made of.
  private struct Source {
    var name: String
    var inspection: Inspection
    var reading: InspectionReading
  }

  /// - Parameters:
  ///   - name: the dataset's name; made from the first path when nil.
  ///   - folder: the folder that the recipe will lie in, which its paths start from.
  /// - Throws: `Diagnostic` when nothing was found that a reader can read.
  package init(
    of inspections: [Inspection], name: String? = nil, folder: String = "."
  ) throws(Diagnostic) {
    self.folder = folder
    let first = inspections.first?.path ?? ""
    self.name = name ?? Self.slug(of: Self.stem(of: first), fallback: "dataset")
    for inspection in inspections {
      let readings = Self.worthReadings(of: inspection)
      guard !readings.isEmpty else { throw Self.nothingReadable(in: inspection) }
      for reading in readings { addSource(inspection, reading) }
    }
  }

  /// The readings that make a source: all with records, but not the stray text beside a corpus.
  private static func worthReadings(of inspection: Inspection) -> [InspectionReading] {
    let readings = inspection.readings.filter { $0.records > 0 }
    let others = readings.filter { $0.facts.name != "text-notes" }
    let most = others.map(\.records).max() ?? 0
    return readings.filter { $0.facts.name != "text-notes" || $0.records > most }
  }

  private static func nothingReadable(in inspection: Inspection) -> Diagnostic {
    let place = Position(file: inspection.path)
    let unmapped = inspection.formats.first {
      $0.evidence.map { $0.isMapped && $0.mapping == nil } ?? false
    }
    guard
      let corpus = unmapped?.evidence?.corpus
        ?? inspection.formats.lazy.compactMap(\.mappableCorpus).first
    else {
      return Diagnostic(
        at: place, "holds nothing that a reader can read",
        hint: "see what is in it with 'materia inspect'; 'materia corpora' lists the readers")
    }
    return Diagnostic(
      at: place, "its columns or keys do not tell what they stand for",
      hint: "start from Recipes/instruction/\(corpus).yaml and map them under 'fields:'; "
        + "'materia inspect' lists them")
  }

  /// The YAML text, which loads as it stands.
  package var text: String {
    var recipe = self
    recipe.addHead()
    recipe.addSources()
    recipe.addStages()
    recipe.addTasks()
    recipe.addEnd()
    return recipe.lines.joined(separator: "\n") + "\n"
  }

  private mutating func addSource(_ inspection: Inspection, _ reading: InspectionReading) {
    let isMapped = reading.evidence.isMapped
    let stem = Self.slug(of: Self.stem(of: inspection.path), fallback: reading.facts.name)
    let base = isMapped || reading.facts.name == "text-notes" ? stem : reading.facts.name
    var name = base
    var number = 2
    while sources.contains(where: { $0.name == name }) {
      name = "\(base)-\(number)"
      number += 1
    }
    sources.append(Source(name: name, inspection: inspection, reading: reading))
  }

  // MARK: Head

  private mutating func addHead() {
    lines += [
      "# A starter recipe, made by 'materia init'. Read it through, change what does not fit, then:",
      "#   materia preview THIS-FILE   shows the first examples",
      "#   materia build THIS-FILE     writes Output/\(name)",
      "version: 1",
      "name: \(Self.quoted(name))",
      "# One sentence for the dataset card.",
      "description: \(Self.quoted(description))",
      "# Seeds every choice (split, wording, sampling): same recipe, same inputs, same bytes.",
      "seed: 17",
      "# research, commercial or redistribution: what the licence gate rules on.",
      "use: research",
    ]
    if sources.contains(where: { license(of: $0) == nil && $0.reading.facts.license == nil }) {
      lines += [
        "# A source below has no known licence. Set its 'license:', then remove this line.",
        "allow_unknown_license: true",
      ]
    }
    lines.append("")
  }

  private var description: String {
    var titles: [String] = []
    for source in sources where !titles.contains(source.reading.facts.title) {
      titles.append(source.reading.facts.title)
    }
    return "Made from: " + titles.joined(separator: "; ")
  }

  // MARK: Sources

  private mutating func addSources() {
    lines += [
      "# Where the bytes come from. Archives are never unpacked; paths start from this file's folder.",
      "sources:",
    ]
    for source in sources { add(source) }
    lines.append("")
  }

  private mutating func add(_ source: Source) {
    let reading = source.reading
    lines += [
      "  # \(reading.facts.title): \(reading.records) records, \(reading.rejections.total) rejected"
        + " by the reader.",
      "  - name: \(Self.quoted(source.name))",
      "    corpus: \(reading.facts.name)",
      "    path: \(paths(of: source))",
    ]
    addLicense(of: source)
    addLanguage(of: reading)
    addMembers(of: source)
    addMapping(of: source)
    addOptions(of: source)
  }

  /// The path, or where one folder holds files of several kinds those meant.
  private func paths(of source: Source) -> String {
    let path = relativePath(source.inspection.path)
    guard source.reading.foreignEntries > 0, !holdsArchives(source.inspection),
      source.inspection.fileCount > 1
    else { return Self.quoted(path) }
    let files = source.reading.filePaths
    guard files.count > InspectionReading.maximumForeignPaths else {
      return "[\(files.map { Self.quoted(relativePath($0)) }.joined(separator: ", "))]"
    }
    let patterns = source.reading.endings.lines.filter { !$0.name.isEmpty }
      .map { Self.quoted("\(path)/**/*\($0.name)*") }
    return patterns.isEmpty ? Self.quoted(path) : "[\(patterns.joined(separator: ", "))]"
  }

  private func holdsArchives(_ inspection: Inspection) -> Bool {
    let bare: Set = ["plain file", "gzip", "bzip2", "xz", "zstd"]
    return inspection.containers.lines.contains { !bare.contains($0.name) }
  }

  /// The licence to assert: what the corpus itself says needs no assertion; else the one licence
  /// that the archive, or its folder, holds a text of.
  private func license(of source: Source) -> License? {
    if source.reading.facts.license != nil { return nil }
    let files = source.inspection.licenses
    // Of several corpora nothing says whose licence it is.
    if source.inspection.readings.count > 1 {
      let all = Set(files.flatMap(\.licenses))
      return all.count == 1 ? all.first : nil
    }
    for isInside in [true, false] {
      let found = Set(files.filter { $0.isInside == isInside }.flatMap(\.licenses))
      if found.count == 1 { return found.first }
    }
    return nil
  }

  private mutating func addLicense(of source: Source) {
    let found = source.inspection.licenses.flatMap { file in
      file.licenses.map { "\($0.rawValue) (\(Self.oneLine(file.path)))" }
    }
    if let declared = source.reading.facts.license {
      lines.append("    # The corpus declares \(declared.rawValue).")
      if !found.isEmpty {
        lines.append("    # Licence texts found: \(found.joined(separator: ", ")).")
      }
      guard declared.needsAcceptance else { return }
      lines += [
        "    license: \(declared.rawValue)",
        "    # Once you have entered this agreement yourself; until then nothing is built:",
        "    # accept_terms: \(declared.rawValue)",
      ]
    } else if let license = license(of: source) {
      lines += [
        "    # Found: \(found.joined(separator: ", ")). Check that it speaks of this data.",
        "    license: \(license.rawValue)",
      ]
    } else {
      let seen =
        found.isEmpty ? "No licence text was found." : "Found: \(found.joined(separator: ", "))."
      lines += [
        "    # \(seen) Set the licence once you have checked the terms:",
        "    # license: CC-BY-4.0",
      ]
    }
  }

  private mutating func addLanguage(of reading: InspectionReading) {
    guard reading.facts.language == nil, reading.languages.count(of: "unknown") > 0 else { return }
    lines += [
      "    # The records do not say their language; set it if it is one:", "    # language: en",
    ]
  }

  /// Leaves out entries that are not of the corpus.
  private mutating func addMembers(of source: Source) {
    let reading = source.reading
    guard reading.foreignEntries > 0, holdsArchives(source.inspection) else { return }
    if reading.foreignEntries <= InspectionReading.maximumForeignPaths {
      let patterns = reading.foreignPaths.map { Self.quoted(Self.literalPattern($0)) }
      lines.append("    # Entries that are not of this corpus.")
      lines.append("    members: {exclude: [\(patterns.joined(separator: ", "))]}")
    } else if reading.entries <= InspectionReading.maximumForeignPaths {
      let patterns = reading.entryPaths.map { Self.quoted(Self.literalPattern($0)) }
      lines.append("    # \(reading.foreignEntries) entries are not of this corpus.")
      lines.append("    members: {include: [\(patterns.joined(separator: ", "))]}")
    } else {
      let patterns = reading.endings.lines.map { Self.quoted("**/*\($0.name)") }
      lines.append(
        "    # \(reading.foreignEntries) entries are not of this corpus; narrow this down.")
      lines.append("    members: {include: [\(patterns.joined(separator: ", "))]}")
    }
  }

  private mutating func addMapping(of source: Source) {
    guard let mapping = source.reading.mapping else { return }
    lines += [
      "    # What each row makes, and which column or key fills which field: a guess by their names.",
      "    shape: \(mapping.shape.rawValue)",
      "    fields:",
    ]
    for pair in mapping.fields { lines.append("      \(pair.target): \(Self.quoted(pair.column))") }
    let unused = source.inspection.formats.filter { $0.evidence == source.reading.evidence }
      .flatMap { $0.columns.isEmpty ? $0.fields.names : $0.columns }
      .filter { name in !mapping.fields.contains { $0.column == name } }
    guard !unused.isEmpty else { return }
    lines.append("      # Not used: \(Self.oneLine(unused.joined(separator: ", ")))")
  }

  private mutating func addOptions(of source: Source) {
    let reading = source.reading
    var options = reading.evidence.options.map { "\($0.target): \(Self.quoted($0.column))" }
    let isNotes = reading.facts.name == "text-notes"
    if isNotes || reading.facts.isSensitive {
      lines.append("    # Real patients? Then output files are for the owner only.")
      lines.append("    sensitive: true")
    }
    // Ten folders and more are hardly categories; to keep a folder in one split is the safe side.
    if isNotes, reading.folderCount >= 10 {
      lines.append("    # Taken for one folder a patient, so that no patient is in two splits.")
      options.append("patient: \"**/{patient}/*\"")
    } else if isNotes {
      lines.append(
        "    # Where the path tells the patient, say how, so that none is in two splits:")
      lines.append("    # options: {patient: \"**/{patient}/*\"}")
    }
    guard !options.isEmpty else { return }
    lines.append("    options: {\(options.joined(separator: ", "))}")
  }

  // MARK: Stages and split

  private mutating func addStages() {
    lines += [
      "# What is done to the records. Exact copies differ at most in case, blanks and punctuation;",
      "# near copies share most of their five-word runs.",
      "stages:",
      "  - deduplicate: {exact: true, near: {threshold: 0.8}, keep: longest}",
      "  # - filter: {min_words: 5, max_words: 4000}",
      "",
      "# by: group keeps what belongs together (patient, document, copies) in one split.",
      "split: {train: 0.9, validation: 0.05, test: 0.05, by: group}",
      "",
    ]
  }

  // MARK: Tasks, dialects, training

  private mutating func addTasks() {
    lines += [
      "# Which examples are made of which source; 'materia tasks' lists all tasks.", "tasks:",
    ]
    for source in sources {
      let reading = source.reading
      let task = reading.defaultTask ?? "pre-training-text"
      let share =
        "suits \(reading.tasks.count(of: task)) of the first \(reading.sampledRecords) records"
      let others = reading.tasks.byCount.map(\.name).filter { $0 != task }
      let also = others.isEmpty ? "" : "; also possible: \(others.joined(separator: ", "))"
      lines.append("  # \(share)\(also)")
      lines.append("  - {for: \(Self.quoted(source.name)), task: \(task)}")
    }
    lines.append("")
  }

  private mutating func addEnd() {
    lines += [
      "# What is written; 'materia dialects' lists all dialects.",
      "emit:",
      "  - dialect: \(makesText ? "text" : "messages")",
      "",
      "# What the adapter and trainer configs beside the data are made of.",
      "training:",
      "  base_model: meta-llama/Llama-3.1-8B-Instruct",
      "  # tokenizer: tokenizer.json  # the model's own file; lengths are estimated without it",
      "  context_tokens: 4096",
      "  over_long: \(makesText ? "split" : "reject")",
      "  adapters: [lora, prefix-tuning]",
    ]
  }

  /// Whether all tasks make plain text, which has no messages.
  private var makesText: Bool {
    sources.allSatisfy { ($0.reading.defaultTask ?? "pre-training-text") == "pre-training-text" }
  }
}

// MARK: Names, paths and quoting

extension StarterRecipe {
  /// A path as seen from the recipe's folder.
  private func relativePath(_ path: String) -> String {
    let path = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
    guard folder != ".", !path.hasPrefix("/") || folder.hasPrefix("/") else { return path }
    guard let here = Self.components(of: folder), let there = Self.components(of: path) else {
      return path
    }
    let common = zip(here, there).prefix { $0 == $1 }.count
    let up = Array(repeating: "..", count: here.count - common)
    return (up + there.dropFirst(common)).joined(separator: "/")
  }

  /// The components of the absolute path, `.` and `..` resolved by name alone.
  private static func components(of path: String) -> [String]? {
    var components: [String] = []
    if !path.hasPrefix("/") {
      guard let current = getcwd(nil, 0) else { return nil }
      defer { free(current) }
      components = String(cString: current).split(separator: "/").map(String.init)
    }
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = components.popLast() } else { components.append(String(part)) }
    }
    return components
  }

  /// The last component without its endings: `MedQuAD-master` of `corpora/MedQuAD-master.zip`.
  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    let stem = name.split(separator: ".", omittingEmptySubsequences: true).first.map(String.init)
    return stem ?? name
  }

  /// A name as recipes allow it: lower-case letters, digits, `.`, `_` and `-`, 64 at most.
  private static func slug(of text: String, fallback: String) -> String {
    var slug: [UInt8] = []
    for byte in text.lowercased().utf8 {
      let isPlain = (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
      if isPlain {
        slug.append(byte)
      } else if let last = slug.last, last != 0x2D {
        slug.append(0x2D)
      }
    }
    var name = slug.prefix(48)
    while name.last == 0x2D { name.removeLast() }
    return name.isEmpty ? fallback : String(decoding: name, as: UTF8.self)
  }

  /// The text as a YAML scalar: plain where that is safe, else in double quotes.
  private static func quoted(_ text: String) -> String {
    let isPlain = !text.isEmpty && text.utf8.allSatisfy(isPlainByte)
    let first = text.utf8.first ?? 0
    let isWord = (0x41...0x5A).contains(first & 0xDF) && !reserved.contains(text.lowercased())
    guard !isPlain || !isWord else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      default:
        guard scalar.properties.generalCategory == .control else {
          quoted.unicodeScalars.append(scalar)
          continue
        }
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      }
    }
    return quoted + "\""
  }

  private static func isPlainByte(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte & 0xDF) || (0x30...0x39).contains(byte)
      || "._-/".utf8.contains(byte)
  }

  /// Words that YAML or its older readers take for something else.
  private static let reserved: Set = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]

  /// A path as a pattern that matches it, with any character where a wildcard stands.
  private static func literalPattern(_ path: String) -> String {
    String(
      decoding: path.utf8.map { "*?[]\\".utf8.contains($0) ? UInt8(ascii: "?") : $0 },
      as: UTF8.self)
  }

  /// Text that cannot leave its comment.
  private static func oneLine(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let breaks =
        scalar.properties.generalCategory == .control
        || "\u{2028}\u{2029}\u{85}".unicodeScalars.contains(scalar)
      line.append(breaks ? " " : scalar)
    }
    return String(line)
  }
}

// MARK: Writing

extension StarterRecipe {
  /// Whether a recipe may have the name.
  package static func isName(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, bytes.count <= 64, !"._-".utf8.contains(first) else {
      return false
    }
    return bytes.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || "._-".utf8.contains(byte)
    }
  }

  /// Writes a recipe to a file that is not there yet.
  ///
  /// - Throws: `PipelineError.system` when the file is there or cannot be written.
  package static func write(_ text: String, to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw PipelineError.system(operation: "create", path: path, code: errno)
    }
    defer { close(descriptor) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw PipelineError.system(operation: "write", path: path, code: errno)
      }
      rest = rest.dropFirst(count)
    }
  }
}
