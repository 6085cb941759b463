import Glibc
import Pipeline

/// Shows a run's progress on standard error: one line redrawn on a terminal, plain lines in a log.
struct ProgressPrinter {
  let progress: Progress
  let isQuiet: Bool

  /// Runs `body` with the progress shown beside it.
  func showing<Result: Sendable>(
    _ body: @Sendable @escaping () async throws -> Result
  ) async throws -> Result {
    guard !isQuiet else { return try await body() }
    let isTerminal = isatty(STDERR_FILENO) == 1 && getenv("CI") == nil
    let progress = progress
    let printer = Task.detached {
      let pause: Duration = isTerminal ? .milliseconds(150) : .seconds(15)
      while !Task.isCancelled {
        try? await Task.sleep(for: pause)
        if Task.isCancelled { break }
        Self.draw(progress.snapshot, isTerminal: isTerminal)
      }
    }
    defer {
      printer.cancel()
      if isTerminal { Console.write("\r\u{1B}[2K", to: STDERR_FILENO) }
    }
    return try await body()
  }

  private static func draw(_ snapshot: Progress.Snapshot, isTerminal: Bool) {
    guard !snapshot.phase.isEmpty else { return }
    let line = text(of: snapshot)
    Console.write(isTerminal ? "\r\u{1B}[2K\(line)" : "\(line)\n", to: STDERR_FILENO)
  }

  /// `reading  42 %  51,200 records  24,000/s  1:05 left`.
  private static func text(of snapshot: Progress.Snapshot) -> String {
    var parts = [snapshot.phase]
    if snapshot.totalBytes > 0 { parts.append("\(Int(snapshot.fraction * 100)) %") }
    if snapshot.records > 0 {
      parts.append("\(Text.grouped(snapshot.records)) records")
      if snapshot.seconds > 0.2 {
        parts.append("\(Text.grouped(Int(Double(snapshot.records) / snapshot.seconds)))/s")
      }
    }
    if let left = snapshot.secondsLeft { parts.append("\(Text.clock(left)) left") }
    return parts.joined(separator: "  ")
  }
}
