import ArgumentParser
import Pipeline
import Records

/// `materia corpora`: what can be read.
struct CorporaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corpora", abstract: "List the corpora that can be read, or show one.")

  @Argument(help: "A corpus to show with its options.")
  var name: String?

  @OptionGroup var form: ListForm

  func run() throws {
    guard let name else { return form.print(RegistryTables.corpora) }
    guard let table = RegistryTables.corpus(named: name) else {
      let hint = NearestName.hint(for: name, among: RegistryTables.corpusNames)
      throw ValidationError(
        "there is no corpus '\(name)'; \(hint ?? "'materia corpora' lists them")")
    }
    form.print(table)
  }
}

/// `materia tasks`: what can be made of them.
struct TasksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tasks", abstract: "List the tasks that examples can be made for.")

  @OptionGroup var form: ListForm

  func run() {
    form.print(RegistryTables.tasks)
  }
}

/// `materia dialects`: what can be written.
struct DialectsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dialects", abstract: "List the dialects and adapter configs that can be written.")

  @OptionGroup var form: ListForm

  func run() {
    form.print(RegistryTables.dialects)
  }
}

/// `materia licenses`: which licences are known, and what each use says to them.
struct LicensesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "licenses",
    abstract: "List the licences that are known, and what each use says to them.")

  @OptionGroup var form: ListForm

  func run() {
    form.print(RegistryTables.licenses)
  }
}

/// How a list is printed.
struct ListForm: ParsableArguments {
  @Flag(name: .long, help: "Print JSON.")
  var json = false

  @Flag(name: .long, help: "Print the Markdown table of the README.")
  var markdown = false

  func print(_ table: RegistryTable) {
    let console = Console()
    if json {
      console.result(table.json)
    } else if markdown {
      console.result(table.markdown)
    } else {
      console.result(Text.table(table.rows, header: table.header))
    }
  }
}
