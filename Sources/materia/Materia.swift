import ArgumentParser
import Pipeline

/// `materia`: raw medical corpora in, fine-tuning data out.
@main
struct Materia: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "materia",
    abstract: "Turns raw medical corpora into licensed, de-duplicated, leak-proof training data.",
    discussion: """
      A recipe says what is read, what is done to it and what is written:
        materia init corpus.zip > my.yaml     writes a starter recipe
        materia preview my.yaml               shows the first examples
        materia build my.yaml                 writes Output/NAME

      Exit codes: 0 all well; 1 finished, but found wanting; 2 usage or recipe error; 3 stopped by \
      I/O, space or a lock; 128 + n on signal n.
      """,
    version: BuildPipeline.version,
    subcommands: [
      BuildCommand.self, PreviewCommand.self, StatsCommand.self, InspectCommand.self,
      InitCommand.self, ValidateCommand.self, VerifyCommand.self, DiffCommand.self,
      ExplainCommand.self, DeidentifyCommand.self,
      ScanCommand.self, IndexCommand.self, CorporaCommand.self, TasksCommand.self,
      DialectsCommand.self, LicensesCommand.self, ConfigCommand.self,
    ])

  static func main() async {
    Interruption.install()
    await CommandRunner.run(Self.self)
  }
}
