import Formats
import Glibc
import Records
import Stages

/// Measures the search for copies by itself, without the readers, checks and files of a build.
///
///     measure-copies signatures DOCS.jsonl        texts to fingerprints a second, on one core
///     measure-copies survivors DOCS.jsonl KEPT    the ids of what stays at 0.8, as the peers write them
///
/// Lines are `{"id": …, "text": …}`.
@main
struct MeasureCopies {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count > 2 else {
      print("usage: measure-copies signatures DOCS | survivors DOCS KEPT")
      exit(2)
    }
    let file = try MappedLines(path: arguments[2])
    if arguments[1] == "signatures" {
      try measureSignatures(file)
    } else {
      try await writeSurvivors(file, to: arguments[3])
    }
  }

  private static let settings = DuplicateSettings(near: .init(threshold: 0.8))

  /// Best of five, in time of the thread: other programs on the machine do not count.
  private static func measureSignatures(_ file: MappedLines) throws {
    let printer = Fingerprinter(settings: settings)
    var texts: [String] = []
    for piece in file.pieces.prefix(8) {
      try file.forEachDocument(in: piece) { _, text in texts.append(text) }
    }
    var best = Double.infinity
    var part = FingerprintPart()
    for _ in 0..<5 {
      let start = ThreadTime.now
      for (number, text) in texts.enumerated() {
        if number % 512 == 0 { part.removeAll() }
        append("\(number)", text, number % 512, printer, to: &part)
      }
      best = min(best, ThreadTime.now - start)
    }
    print(
      "\(texts.count) texts, \(Int(Double(texts.count) / best)) fingerprints a second on a core")
  }

  private static func append(
    _ id: String, _ text: String, _ ordinal: Int, _ printer: Fingerprinter,
    to part: inout FingerprintPart
  ) {
    printer.append(
      exact: [text], near: [text], ordinal: ordinal,
      key: DuplicateKey(tieBreak: Digest128(of: id)), to: &part)
  }

  private static func writeSurvivors(_ file: MappedLines, to path: String) async throws {
    let printer = Fingerprinter(settings: settings)
    let folder = path + ".scratch"
    mkdir(folder, 0o700)
    defer { rmdir(folder) }
    let finder = try DuplicateFinder(
      settings: settings, workFolder: folder, memoryBytes: 256 << 20)
    var ids: [String] = []
    // Two pieces at a time, taken in order.
    for pair in stride(from: 0, to: file.pieces.count, by: 2) {
      async let second = printed(file, pair + 1, printer)
      let first = try printed(file, pair, printer)
      for (part, names) in [first, try await second] {
        try finder.add(part, ordinalBase: ids.count)
        ids += names
      }
    }
    var stays = [Bool](repeating: true, count: ids.count)
    for copy in try finder.copies().clusters.lazy.flatMap(\.copies) { stays[copy.ordinal] = false }
    guard let output = fopen(path, "w") else { return perror(path) }
    for (id, stays) in zip(ids, stays) where stays { fputs(id + "\n", output) }
    fclose(output)
  }

  private static func printed(
    _ file: MappedLines, _ piece: Int, _ printer: Fingerprinter
  ) throws -> (FingerprintPart, [String]) {
    var part = FingerprintPart()
    var ids: [String] = []
    guard file.pieces.indices.contains(piece) else { return (part, ids) }
    try file.forEachDocument(in: file.pieces[piece]) { id, text in
      append(id, text, ids.count, printer, to: &part)
      ids.append(id)
    }
    return (part, ids)
  }
}

/// A file of JSON lines in memory, in pieces that end with lines.
struct MappedLines: @unchecked Sendable {
  private let bytes: UnsafeRawBufferPointer
  let pieces: [Range<Int>]

  init(path: String) throws {
    let descriptor = open(path, O_RDONLY)
    let size = Int(lseek(descriptor, 0, SEEK_END))
    guard size > 0,
      let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED
    else { throw Diagnostic("cannot read \(path)") }
    bytes = UnsafeRawBufferPointer(start: start, count: size)
    var pieces: [Range<Int>] = []
    var begin = 0
    while begin < size {
      var end = min(begin + 2 << 20, size)
      while end < size, bytes[end - 1] != 0x0A { end += 1 }
      pieces.append(begin..<end)
      begin = end
    }
    self.pieces = pieces
  }

  func forEachDocument(in piece: Range<Int>, _ body: (String, String) throws -> Void) throws {
    var lines = JSONLines()
    let read = { (line: JSONLine) in
      let root = try JSONDocument(parsing: line.bytes).root
      try body(root["id"]?.string ?? "", root["text"]?.string ?? "")
    }
    try lines.feed(UnsafeRawBufferPointer(rebasing: bytes[piece]), read)
    try lines.finish(read)
  }
}

/// The processor time of the running thread, in seconds.
enum ThreadTime {
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
