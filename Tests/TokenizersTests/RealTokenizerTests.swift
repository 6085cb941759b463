import Foundation
import Testing
import Tokenizers

/// Published models' tokenizers, when `golden.py` has put them into the folder `MATERIA_TOKENIZERS`.
struct RealTokenizerTests {
  private static let folder = ProcessInfo.processInfo.environment["MATERIA_TOKENIZERS"]

  @Test(.enabled(if: folder != nil, "no published tokenizers are there (MATERIA_TOKENIZERS)"))
  func `gives the ids of published tokenizers`() throws {
    let golden = try TokenizerGolden.real(in: URL(filePath: Self.folder ?? ""))
    #expect(!golden.names.isEmpty)
    for name in golden.names {
      #expect(try golden.differences(of: name) == [], "\(name)")
    }
  }
}
