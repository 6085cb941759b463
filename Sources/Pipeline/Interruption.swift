import Glibc
import Synchronization

/// Leaves nothing behind when the user or the system stops a run: on SIGINT, SIGTERM and SIGHUP the
/// work folder goes and the process ends with 128 + the signal's number.
///
/// A thread of its own waits for the signals, which are blocked everywhere else, so that the clean-up
/// may do what a signal handler may not.
package enum Interruption {
  private static let paths = Mutex<(work: String, lock: String)?>(nil)

  /// Blocks the signals and starts the waiting thread; to be called before any other thread starts.
  package static func install() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    // A reader that closes our output early is no reason to die without cleaning up.
    signal(SIGPIPE, SIG_IGN)
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { _ in
        Interruption.wait()
        return nil
      }, nil)
  }

  static func cleanUp(_ work: String, _ lock: String) {
    paths.withLock { $0 = (work, lock) }
  }

  static func forget() {
    paths.withLock { $0 = nil }
  }

  private static func wait() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
    var number: Int32 = 0
    sigwait(&signals, &number)
    paths.withLock { held in
      guard let held else { return }
      // Other threads may still add files; a second round takes those.
      for _ in 0..<3 where (try? FolderTree.remove(held.work)) != nil { break }
      unlink(held.lock)
    }
    _exit(128 + number)
  }
}
