import Foundation
import Records
import TestSupport
import Testing

@testable import Pipeline

struct WorkFolderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Publishes one file; what is in the output afterwards is of this run only.
  private func publish(_ text: String, as name: String, isPrivate: Bool = false) throws {
    let work = try WorkFolder(forOutput: folder("out"))
    defer { work.remove() }
    let files = PlainFiles(root: work.stagingPath, isPrivate: isPrivate)
    _ = try files.write(text, to: name)
    _ = try files.write("{}", to: "manifest.json")
    #expect(!folder.has("out/\(name)"))
    try work.publish(isPrivate: isPrivate)
  }

  @Test func `the output appears whole, and nothing else stays`() throws {
    try publish("one", as: "messages/train.jsonl")
    #expect(folder.text(of: "out/messages/train.jsonl") == "one")
    #expect(folder.names() == ["out"])
  }

  @Test func `an old output is replaced whole`() throws {
    try publish("one", as: "messages/old.jsonl")
    try publish("two", as: "messages/new.jsonl")
    #expect(folder.names(in: "out/messages") == ["new.jsonl"])
    #expect(folder.names() == ["out"])
  }

  @Test func `a run that publishes nothing leaves the old output and no trace`() throws {
    try publish("one", as: "a.jsonl")
    let work = try WorkFolder(forOutput: folder("out"))
    _ = try PlainFiles(root: work.stagingPath, isPrivate: false).write("two", to: "a.jsonl")
    work.remove()
    #expect(folder.text(of: "out/a.jsonl") == "one")
    #expect(folder.names() == ["out"])
  }

  @Test func `a second build of the same output is refused, one of another is not`() throws {
    let first = try WorkFolder(forOutput: folder("out"))
    defer { first.remove() }
    let error = #expect(throws: PipelineError.self) { try WorkFolder(forOutput: folder("out")) }
    guard case .locked(_, let holder) = try #require(error) else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(holder == Int(getpid()))
    #expect(error?.exitCode == 3)
    try WorkFolder(forOutput: folder("other")).remove()
  }

  @Test func `what a killed build left is removed`() throws {
    try folder.write("stale", to: ".out.work/output/messages/train.jsonl")
    try folder.write("12345", to: ".out.lock")
    try publish("one", as: "a.jsonl")
    #expect(folder.names() == ["out"])
    #expect(folder.names(in: "out") == ["a.jsonl", "manifest.json"])
  }

  @Test func `links in what a killed build left are not followed`() throws {
    try folder.write("mine", to: "elsewhere/letter.txt")
    try folder.makeFolder(".out.work")
    symlink(folder("elsewhere"), folder(".out.work/link"))
    try publish("one", as: "a.jsonl")
    #expect(folder.text(of: "elsewhere/letter.txt") == "mine")
  }

  @Test func `what is no dataset is not replaced`() throws {
    try folder.write("mine", to: "out/letter.txt")
    try folder.write("mine", to: "file")
    for name in ["out", "file"] {
      let error = #expect(throws: PipelineError.self) { try WorkFolder(forOutput: folder(name)) }
      #expect(error?.exitCode == 2)
    }
    #expect(folder.names() == ["file", "out"])
    try folder.makeFolder("empty")
    try WorkFolder(forOutput: folder("empty")).remove()
  }

  @Test(arguments: [(true, UInt16(0o600), UInt16(0o700)), (false, 0o644, 0o755)])
  func `modes are the owner's alone for what is private`(
    isPrivate: Bool, file: UInt16, directory: UInt16
  ) throws {
    try publish("one", as: "messages/a.jsonl", isPrivate: isPrivate)
    #expect(folder.mode(of: "out/messages/a.jsonl") == file)
    #expect(folder.mode(of: "out/messages") == directory)
    #expect(folder.mode(of: "out") == directory)
  }

  @Test func `the work folder is the owner's alone`() throws {
    let work = try WorkFolder(forOutput: folder("out"))
    defer { work.remove() }
    #expect(folder.mode(of: ".out.work") == 0o700)
    #expect(folder.mode(of: ".out.work/scratch") == 0o700)
  }
}
