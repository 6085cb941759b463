import Corpora
import Emitters
import Formats
import Records
import Stages
import Templates

/// A table made from a registry: what the list commands print and the README holds.
package struct RegistryTable {
  package var header: [String]
  package var rows: [[String]]

  package init(header: [String], rows: [[String]]) {
    self.header = header
    self.rows = rows
  }

  /// The table in Markdown.
  package var markdown: String {
    let lines = [header, header.map { _ in "---" }] + rows
    return lines.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
  }

  /// The rows as JSON objects.
  package var json: String {
    var json = JSONWriter(layout: .pretty)
    json.beginArray()
    for row in rows {
      json.beginObject()
      for (key, value) in zip(header, row) {
        json.key(key)
        json.string(value)
      }
      json.endObject()
    }
    json.endArray()
    return json.text
  }
}

/// The tables of all registries.
package enum RegistryTables {
  package static var corpora: RegistryTable {
    RegistryTable(
      header: ["corpus", "what it is", "shape", "forms", "licence", "tasks"],
      rows: CorpusRegistry.all.map { facts in
        [
          facts.name, facts.title, facts.shape.rawValue, facts.forms,
          facts.statedLicense, facts.tasks.joined(separator: ", "),
        ]
      })
  }

  /// What a corpus is, as rows of name and value; nil when there is no such corpus.
  package static func corpus(named name: String) -> RegistryTable? {
    guard let facts = CorpusRegistry.facts(named: name) else { return nil }
    return RegistryTable(
      header: ["corpus", facts.name],
      rows: [
        ["what it is", facts.title], ["shape", facts.shape.rawValue], ["forms", facts.forms],
        ["licence", facts.statedLicense],
        ["language", facts.language ?? "by record or recipe"],
        ["sensitive", facts.isSensitive ? "yes" : "no"],
        ["tasks", facts.tasks.joined(separator: ", ")], ["described at", facts.reference],
      ]
        + facts.options.map {
          ["option \($0.name)", "\($0.preset): \($0.summary)"]
        })
  }

  /// The names of all corpora.
  package static var corpusNames: [String] { CorpusRegistry.all.map(\.name) }

  /// The options of readers: one row for each option, with the corpora that have it alike.
  package static var readerOptions: RegistryTable {
    var rows: [[String]] = []
    for facts in CorpusRegistry.all {
      for option in facts.options {
        let cells = ["`\(option.name)`", option.preset, option.summary]
        if let row = rows.firstIndex(where: { $0.dropFirst().elementsEqual(cells) }) {
          rows[row][0] += ", `\(facts.name)`"
        } else {
          rows.append(["`\(facts.name)`"] + cells)
        }
      }
    }
    return RegistryTable(header: ["corpus", "option", "default", "decides"], rows: rows)
  }

  package static var tasks: RegistryTable {
    RegistryTable(
      header: ["task", "what it asks", "shapes", "slots", "templates"],
      rows: TaskRegistry.all.map { task in
        [
          task.name, task.title, task.shapes.map(\.rawValue).joined(separator: ", "),
          task.slots.map(\.name).joined(separator: ", "), task.defaultTemplates ?? "",
        ]
      })
  }

  /// What is true of each licence, and what each use says to it.
  package static var licenses: RegistryTable {
    RegistryTable(
      header: [
        "licence", "what it is", "class", "asks for", "passing on", "to a provider",
      ] + Use.allCases.map(\.rawValue) + ["hub id"],
      rows: LicenseFacts.all.map { facts in
        [
          facts.license.rawValue, facts.title, facts.licenseClass.rawValue,
          facts.obligations.names.joined(separator: ", "), facts.redistribution.rawValue,
          LicenseClassFacts.of(facts.licenseClass).providers.rawValue,
        ] + Use.allCases.map { LicenseGate(use: $0).answer(to: facts.license) } + [
          facts.hubID ?? ""
        ]
      })
  }

  /// What a filter can bound.
  package static var measures: RegistryTable {
    RegistryTable(
      header: ["keys", "what is measured", "reason"],
      rows: MeasureRegistry.all.map { measure in
        let keys =
          (measure.low == nil ? [] : ["`min_\(measure.name)`"])
          + (measure.high == nil ? [] : ["`max_\(measure.name)`"])
        var reasons = [measure.low, measure.high].compactMap { $0?.rawValue }
        if reasons.count == 2, reasons[0] == reasons[1] { reasons.removeLast() }
        return [keys.joined(separator: ", "), measure.meaning, reasons.joined(separator: ", ")]
      })
  }

  /// What a filter can reject.
  package static var flaws: RegistryTable {
    RegistryTable(
      header: ["flaw", "what it is"],
      rows: FlawRegistry.all.map { ["`\($0.name)`", $0.meaning] })
  }

  package static var dialects: RegistryTable {
    RegistryTable(
      header: ["dialect", "what it is", "read by"],
      rows: DialectRegistry.all.map { dialect in
        let facts = dialect.facts
        return [facts.name, facts.title, facts.trainers]
      }
        + AdapterConfigRegistry.all.map { adapter in
          ["training/\(adapter.name)", adapter.title, "peft, by training/train.py"]
        }
        + TrainerRegistry.all.map { trainer in
          [trainer.path, trainer.facts.title, trainer.facts.command]
        })
  }
}

extension LicenseGate {
  /// What the gate says, in a word or two.
  fileprivate func answer(to license: License) -> String {
    guard refusal(of: license) != nil else { return "yes" }
    if refusal(of: license, accepted: [license]) == nil { return "if accepted" }
    let lenient = LicenseGate(use: use, allowsUnknown: true)
    return lenient.refusal(of: license) == nil ? "if allowed" : "no"
  }
}

extension CorpusFacts {
  /// The licence, or who says it.
  fileprivate var statedLicense: String {
    license?.rawValue ?? (isLicensedByRecord ? "by record" : "by recipe")
  }
}
