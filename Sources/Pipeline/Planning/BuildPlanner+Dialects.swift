import Deidentification
import Emitters
import Recipes
import Records
import Schemas
import Templates

/// The dialects of a recipe, and what they ask of its tasks.
extension BuildPlanner {
  mutating func planned(
    _ emission: Recipe.Emission, for planned: [String: [PlannedTask]]
  ) -> PlannedDialect? {
    let tasks = planned.values.joined().map(\.renderer)
    let options = DialectOptions(
      form: emission.form.flatMap(DialectOptions.Form.init) ?? .conversational,
      loss: emission.loss.flatMap(DialectOptions.Loss.init) ?? .answer,
      hasHistory: tasks.contains { $0.task.form == .passThrough || $0.hasEarlierTurns },
      holdsText: planned.holdText, hasSentenceLines: tasks.contains(where: \.hasSentenceLines))
    guard let dialect = DialectRegistry.dialect(named: emission.dialect.text, options: options)
    else {
      unknown(
        emission.dialect, kind: "dialect", among: DialectRegistry.names, list: "dialects")
      return nil
    }
    checkForms(of: tasks, dialect, at: emission.dialect.position)
    if dialect.needsRejectedAnswers {
      checkRejectedAnswers(in: planned, dialect, at: emission.dialect.position)
    }
    let facts = type(of: dialect).facts
    checkSettings(of: emission, facts)
    let format = emission.format.flatMap(RowFileFormat.init(rawValue:)) ?? facts.formats[0]
    checkFiles(of: emission, format, facts)
    let name = dialect.schemaName
    guard let schema = made(at: emission.dialect.position, { try Schema(embedded: name) }) else {
      return nil
    }
    return PlannedDialect(
      emitter: dialect, schema: schema, shardRows: emission.shardRows, format: format,
      compression: emission.compression.flatMap(RowFileFormat.Compression.init(rawValue:))
        ?? format.compressions[0],
      parts: format == .json ? .taskAndLicense : emission.isPartedByLicense ? .license : .none)
  }

  /// A dialect holds text or conversations; a task of the other kind needs a recipe of its own, so
  /// that all dialects of a dataset hold the same examples.
  mutating func checkForms(
    of tasks: [TemplateRenderer], _ dialect: any Dialect, at place: Position
  ) {
    for renderer in tasks.sorted(by: { $0.task.name < $1.task.name }) {
      let task = renderer.task
      let worked = [Turn(role: .user, text: "?"), Turn(role: .assistant, text: "!")]
      var conversation = Conversation(
        history: renderer.hasEarlierTurns ? worked : [], instruction: "?", output: "!")
      conversation.rejected = "."
      let body = task.form == .text ? Example.Body.text("?") : .conversation(conversation)
      guard let reason = dialect.refusal(of: body) else { continue }
      problems.append(
        Diagnostic(
          at: place,
          "dialect '\(dialect.name)' cannot hold examples of task '\(task.name)': \(reason)",
          hint: renderer.hasEarlierTurns
            ? "put worked examples into the request, with 'as: text'"
            : "give the task a recipe of its own"))
      return
    }
  }

  /// A dialect of preferences needs tasks whose records offer wrong answers, or sampled ones.
  mutating func checkRejectedAnswers(
    in tasks: [String: [PlannedTask]], _ dialect: any Dialect, at place: Position
  ) {
    let lacking = tasks.values.joined().filter { !$0.offersRejectedAnswers }.map(\.name)
    guard let task = lacking.min() else { return }
    let able = TaskRegistry.all.filter(\.offersWrongAnswers).map(\.name)
    problems.append(
      Diagnostic(
        at: place,
        "dialect '\(dialect.name)' needs a rejected answer, and task '\(task)' offers none",
        hint: "tasks whose records offer wrong answers: \(able.joined(separator: ", ")); sampled "
          + "answers ('prompting: {self_consistency: …}') serve too"))
  }

  /// What a recipe asks of a dialect must be something that the dialect's readers take.
  mutating func checkSettings(of emission: Recipe.Emission, _ facts: DialectFacts) {
    for (name, value) in [("form", emission.form), ("loss", emission.loss)] {
      guard let value else { continue }
      let known = facts.options.first { $0.name == name }?.values
      guard known?.contains(value) != true else { continue }
      complain(
        about: emission,
        known == nil ? "has no '\(name)'" : "has no \(name) '\(value)'",
        hint: known.map { "there are \($0.joined(separator: ", "))" })
    }
  }

  /// The files must be of a kind that the dialect's readers take.
  mutating func checkFiles(
    of emission: Recipe.Emission, _ format: RowFileFormat, _ facts: DialectFacts
  ) {
    let formats = facts.formats.map(\.rawValue)
    guard facts.formats.contains(format) else {
      return complain(
        about: emission, "is not read as \(format.rawValue)",
        hint: "its files are \(formats.joined(separator: " or "))")
    }
    if emission.shardRows != nil, !facts.allowsShards || format == .json {
      complain(
        about: emission,
        "has one file a split, which its readers find by name: 'shard_rows' cannot be")
    }
    if emission.isPartedByLicense, !facts.allowsShards {
      complain(
        about: emission,
        "has one file a split, which its readers find by name: 'shards: license' cannot be",
        hint: "emit a dialect besides whose rows can be passed on apart")
    }
    guard let compression = emission.compression else { return }
    let known = format.compressions.map(\.rawValue)
    if !known.contains(compression) {
      complain(
        about: emission, "has \(format.rawValue) files, which '\(compression)' does not pack",
        hint: "'compression' of \(format.rawValue) is \(known.joined(separator: " or "))")
    } else if compression == "gzip", !facts.allowsCompression {
      complain(about: emission, "is not read compressed: 'compression: gzip' cannot be")
    }
  }

  mutating func complain(
    about emission: Recipe.Emission, _ complaint: String, hint: String? = nil
  ) {
    problems.append(
      Diagnostic(
        at: emission.dialect.position, "dialect '\(emission.dialect.text)' \(complaint)", hint: hint
      ))
  }
}
