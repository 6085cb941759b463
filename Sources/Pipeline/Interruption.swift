import Glibc
import Synchronization

/// Leaves nothing behind when the user or the system stops a run: on SIGINT, SIGTERM and SIGHUP the
/// work folder goes and the process ends with 128 + the signal's number.
///
/// The handler only passes the signal's number on through a pipe to a thread of its own, so that the
/// clean-up may do what a handler may not. Blocking the signals and waiting for them would not do:
/// libdispatch lets the main thread sleep with no signal blocked, and the kernel would end us there.
package enum Interruption {
  private static let paths = Mutex<(work: String, lock: String)?>(nil)

  /// The pipe between the handler, which writes, and the thread, which reads; set once, before either
  /// is there.
  nonisolated(unsafe) private static var pipe: (receiver: Int32, sender: Int32) = (-1, -1)

  /// Handles the signals; one that our parent had us ignore, as `nohup` does, stays ignored.
  package static func install() {
    // A reader that closes our output early is no reason to die without cleaning up.
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { return }
    pipe = (ends[0], ends[1])
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { _ in
        Interruption.wait()
        return nil
      }, nil)
    guard failure == 0 else { return }
    for number in [SIGINT, SIGTERM, SIGHUP] { handle(number) }
  }

  private static func handle(_ number: Int32) {
    var current = sigaction()
    sigaction(number, nil, &current)
    let isIgnored = unsafeBitCast(current.__sigaction_handler.sa_handler, to: Int.self) == 1
    guard !isIgnored else { return }
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { number in
      var byte = UInt8(truncatingIfNeeded: number)
      write(Interruption.pipe.sender, &byte, 1)
    }
    action.sa_flags = SA_RESTART
    sigaction(number, &action, nil)
  }

  static func cleanUp(_ work: String, _ lock: String) {
    paths.withLock { $0 = (work, lock) }
  }

  static func forget() {
    paths.withLock { $0 = nil }
  }

  private static func wait() {
    var number: UInt8 = 0
    while read(pipe.receiver, &number, 1) != 1 {}
    paths.withLock { held in
      guard let held else { return }
      // Other threads may still add files; a second round takes those.
      for _ in 0..<3 where (try? FolderTree.remove(held.work)) != nil { break }
      unlink(held.lock)
    }
    _exit(128 + Int32(number))
  }
}
