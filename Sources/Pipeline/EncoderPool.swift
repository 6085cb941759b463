import Synchronization
import Tokenizers

/// Encoders of one tokenizer that are not in use, with the pieces that they have met.
final class EncoderPool: @unchecked Sendable {
  private let tokenizer: Tokenizer
  private let lock = Mutex(())
  private var encoders: [TokenEncoder] = []

  init(_ tokenizer: Tokenizer) { self.tokenizer = tokenizer }

  /// Calls `body` with an encoder that no other thread has.
  func withEncoder<Result>(_ body: (TokenEncoder) throws -> Result) rethrows -> Result {
    let encoder = lock.withLock { _ in encoders.popLast() } ?? TokenEncoder(tokenizer)
    defer { lock.withLock { _ in encoders.append(encoder) } }
    return try body(encoder)
  }
}
