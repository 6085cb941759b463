/// A tar's bytes on their way, watched for what follows its last member.
///
/// libarchive stops without a word at a missing end marker and before data behind one.
final class TarTail: ByteSource {
  private let upstream: any ByteSource
  private var count = 0
  /// The offset behind the last byte that is not zero.
  private var contentEnd = 0

  init(_ upstream: any ByteSource) { self.upstream = upstream }

  func next() throws(ArchiveError) -> UnsafeRawBufferPointer? {
    guard let chunk = try upstream.next() else { return nil }
    if let last = chunk.lastIndex(where: { $0 != 0 }) { contentEnd = count + last + 1 }
    count += chunk.count
    return chunk
  }

  /// What is odd about the end, once all was read.
  ///
  /// - Parameter used: how far the members and the end marker went.
  func warning(used: Int) -> String? {
    if contentEnd > used {
      return "has data behind its end marker, as appended archives do; it is not read"
    }
    if count - contentEnd < Self.block {
      return "ends without an end marker; it may have been cut short between two entries"
    }
    return nil
  }

  private static let block = 512
}
