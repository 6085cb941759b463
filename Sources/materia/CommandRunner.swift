import Archives
import ArgumentParser
import Glibc
import Pipeline
import Recipes
import Records

/// Runs the command line and turns whatever is thrown into messages and an exit code.
enum CommandRunner {
  static func run(_ root: any ParsableCommand.Type) async {
    do {
      var command = try root.parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let code as ExitCode {
      exit(code.rawValue)
    } catch {
      exit(report(error, root))
    }
  }

  /// Prints an error; returns the code to exit with.
  private static func report(_ error: any Error, _ root: any ParsableCommand.Type) -> Int32 {
    let console = Console()
    switch error {
    case let error as RecipeProblems:
      error.problems.forEach(console.report)
      return 2
    case let error as PipelineError:
      error.diagnostics.forEach(console.report)
      return error.exitCode
    case let error as ArchiveError:
      console.report(error.diagnostic)
      if case .notFound = error.problem { return 2 }
      return 1
    case let error as any DiagnosticError:
      console.report(error.diagnostic)
      return 1
    default:
      return reportUsage(error, root)
    }
  }

  /// Prints help, the version or a usage error as ArgumentParser words it; the code of usage errors
  /// is 2 here, not its 64.
  private static func reportUsage(_ error: any Error, _ root: any ParsableCommand.Type) -> Int32 {
    let code = root.exitCode(for: error)
    let message = root.fullMessage(for: error)
    Console.write(message + "\n", to: code == .success ? STDOUT_FILENO : STDERR_FILENO)
    return code == .success ? 0 : 2
  }
}
