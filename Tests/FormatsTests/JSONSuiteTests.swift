import Formats
import Foundation
import Testing

/// The public JSON parsing suite, where it is at hand.
struct JSONSuiteTests {
  private static let folder: URL = {
    let shared =
      ProcessInfo.processInfo.environment["MATERIA_SHARED"].map { URL(fileURLWithPath: $0) }
      ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared")
    return shared.appending(path: "conformance/json-test-suite")
  }()

  private static let isPresent = FileManager.default.fileExists(atPath: folder.path)

  private static func files(_ prefix: String) throws -> [(name: String, bytes: [UInt8])] {
    let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    var files: [(String, [UInt8])] = []
    for case let url as URL in all ?? .init()
    where url.pathExtension == "json" && url.lastPathComponent.hasPrefix(prefix) {
      files.append((url.lastPathComponent, [UInt8](try Data(contentsOf: url))))
    }
    return files.sorted { $0.0 < $1.0 }
  }

  @Test(.enabled(if: isPresent, "the shared suites are not here; set MATERIA_SHARED"))
  func `accepts what must be accepted and writes it back`() throws {
    let files = try Self.files("y_")
    #expect(files.count > 50)
    // RFC 8259 §4 lets an object repeat a key and leaves open what that means; we refuse it.
    for (name, bytes) in files where !name.hasPrefix("y_object_duplicated_key") {
      let value = try JSON(parsing: bytes)
      var writer = JSONWriter()
      writer.value(value)
      #expect(try JSON(parsing: writer.bytes) == value, "\(name)")
    }
  }

  @Test(.enabled(if: isPresent, "the shared suites are not here; set MATERIA_SHARED"))
  func `refuses what must be refused, on a thread with a small stack`() async throws {
    let files = try Self.files("n_")
    #expect(files.count > 100)
    let accepted = await onSmallStack {
      files.filter { (try? JSONDocument(parsing: $0.bytes)) != nil }.map(\.name)
    }
    #expect(accepted.isEmpty, "\(accepted)")
  }

  /// What RFC 8259 leaves open: huge numbers keep their text and are accepted; lone surrogates, bad
  /// UTF-8, UTF-16 and nesting beyond the limit are refused; a leading byte order mark is accepted.
  @Test(.enabled(if: isPresent, "the shared suites are not here; set MATERIA_SHARED"))
  func `decides open questions always in the same way`() throws {
    for (name, bytes) in try Self.files("i_") {
      let accepts = (try? JSONDocument(parsing: bytes)) != nil
      let isNumber = name.hasPrefix("i_number") || name == "i_structure_UTF-8_BOM_empty_object.json"
      #expect(accepts == isNumber || name == "i_structure_500_nested_arrays.json", "\(name)")
    }
  }

  @Test func `walks deep nesting on a thread with a small stack`() async {
    let bytes = Array(
      (String(repeating: "[{\"a\":", count: 256) + "0" + String(repeating: "}]", count: 256)).utf8)
    let copies = await onSmallStack { () -> Bool in
      guard let value = try? JSON(parsing: bytes) else { return false }
      var writer = JSONWriter()
      writer.value(value)
      return writer.bytes == bytes
    }
    #expect(copies)
  }

  /// Runs `body` on a thread with 512 KiB of stack, as the workers have.
  private func onSmallStack<Result: Sendable>(
    _ body: @escaping @Sendable () -> Result
  ) async -> Result {
    await withCheckedContinuation { continuation in
      let thread = Thread { continuation.resume(returning: body()) }
      thread.stackSize = 512 << 10
      thread.start()
    }
  }
}
