import Foundation

/// One run of the built command line.
package struct MateriaRun: Sendable {
  package let exitCode: Int32
  package let output: String
  package let messages: String

  /// Runs the binary and waits for it.
  ///
  /// - Parameters:
  ///   - folder: The current folder of the run; the package's root by default.
  ///   - environment: What differs from the tests' own environment.
  ///   - umask: In octal digits, as a shell takes it.
  package init(
    _ arguments: [String], in folder: String = PackageFolder.path,
    environment: [String: String] = [:], umask: String = "022",
    binary: String = Binary.tested ?? "materia"
  ) throws {
    let process = Self.process(arguments, folder, environment, umask, binary)
    // Files, not pipes: neither stream can fill up and stop the run.
    let scratch = try TemporaryFolder(["output": "", "messages": ""])
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: scratch("output")))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: scratch("messages")))
    try process.run()
    process.waitUntilExit()
    exitCode = process.terminationStatus
    output = scratch.text(of: "output")
    messages = scratch.text(of: "messages")
  }

  /// A run that was not started yet.
  package static func process(
    _ arguments: [String], _ folder: String = PackageFolder.path,
    _ environment: [String: String] = [:], _ umask: String = "022",
    _ binary: String = Binary.tested ?? "materia"
  ) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "umask \(umask); exec \"$0\" \"$@\"", binary] + arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    return process
  }
}

/// Where the built command line is.
package enum Binary {
  package static let absence = "the materia binary is not built (MATERIA_BINARY)"

  /// `MATERIA_BINARY`, or the binary that was built with the tests.
  package static let tested: String? = given ?? existing("\(besideTests)/materia")

  /// `MATERIA_BINARY`, or a release binary that is no older than the tests', or theirs: for inputs
  /// that take long.
  package static let fastest: String? = {
    if let given { return given }
    let release = existing("\(PackageFolder.path)/.build/release/materia")
    guard let release, let tested else { return release ?? tested }
    return changed(release) >= changed(tested) ? release : tested
  }()

  /// Whether the fastest binary was built for release.
  package static var isFast: Bool { given != nil || fastest?.contains("/release/") == true }

  private static let given = ProcessInfo.processInfo.environment["MATERIA_BINARY"].flatMap(existing)

  /// The folder of the test bundle, which the runner is given by path.
  private static let besideTests: String = {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }
    guard let bundle else { return "\(PackageFolder.path)/.build/debug" }
    return URL(filePath: bundle).deletingLastPathComponent().path
  }()

  private static func existing(_ path: String) -> String? {
    FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }

  private static func changed(_ path: String) -> Date {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.modificationDate] as? Date ?? .distantPast
  }
}
