import Formats
import TestSupport
import Testing

/// Identifiers that were planted come out of no build: not in a row, a side file, a name or a message.
@Suite(.enabled(if: Binary.tested != nil, "\(Binary.absence)"))
struct DeidentificationTests {
  private let folder: TemporaryFolder

  /// What must not come out, in lower case; the persons are invented.
  private static let planted = [
    "velkamir", "dorquist", "garloon", "tumira", "00412377", "99887766", "617-555-0142", "5550142",
    "1957-03-09", "march 9, 1957", "03/09/1957", "secret-of-the-tests",
  ]

  private static let key = "secret-of-the-tests-0123456789-abcdefghijklmnop"

  init() throws {
    var notes = ""
    for number in 0..<40 {
      let isFirst = number.isMultiple(of: 2)
      let (patient, text) =
        isFirst
        ? (
          "00412377",
          "Ms. Dorquist (MRN 00412377) called from 617-555-0142. V. Dorquist was born March 9, 1957. "
            + "VELKAMIR\\nDORQUIST's knee is better on day \(number)."
        )
        : (
          "99887766",
          "Tumira Garloon rests. garloon, t. was seen on 0\(1 + number % 9)/14/2021. [NAME_3] stays, "
            + "as [**Hospital 7**] does; visit \(number)."
        )
      notes +=
        #"{"id": "\#(patient)-\#(number)", "patient": "\#(patient)", "text": "\#(text)"}"# + "\n"
    }
    folder = try TemporaryFolder([
      "notes/garloon-99887766.jsonl": notes, "secret.key": Self.key + "\n",
      "people.csv":
        "mrn,first,last,born,phone\n00412377,Velkamir,Dorquist,1957-03-09,617-555-0142\n"
        + "99887766,Tumira,Garloon,,\n",
      "letters.csv": "id,who,letter,first\nL1,00412377,\"Dear Velkamir, hello\",Velkamir\n"
        + "L2,,Tumira was here,Tumira\n",
    ])
  }

  private func recipe(_ stage: String, more: String = "") throws -> String {
    try folder.write(
      """
      version: 1
      name: hidden
      sources:
        - {name: notes, corpus: jsonl, path: notes, license: CC0-1.0, shape: note, language: en,
           sensitive: true, fields: {id: id, patient: patient, text: text}}
        - {name: letters, corpus: table, path: letters.csv, license: CC0-1.0, shape: note,
           language: en, fields: {id: id, patient: who, text: letter}, identifiers: {NAME: first}}
      stages:
        - deidentify: {\(stage)}
        - filter: {min_words: 2}
        - deduplicate: {exact: true, near: true}
      \(more)
      split: {train: 0.6, validation: 0.2, test: 0.2}
      tasks: [{for: [notes, letters], task: pre-training-text}]
      emit: [{dialect: text}]
      """, to: "r.yaml")
  }

  private static let patients =
    "patients: [{path: people.csv, patient: mrn, identifiers: {NAME: [first, last], MRN: mrn, "
    + "DATE: born, PHONE: phone}}]"

  private func build(_ stage: String, threads: Int = 2, to name: String) throws -> MateriaRun {
    try MateriaRun([
      "build", recipe(stage), "--output", folder(name), "--threads", "\(threads)",
    ])
  }

  private func leaks(in name: String, _ run: MateriaRun) -> [String] {
    var texts = FolderContent.files(in: folder(name)).map { path, bytes in
      (path, path + String(decoding: bytes, as: UTF8.self))
    }
    texts.append(("messages", run.messages + run.output))
    return texts.flatMap { path, text in
      // What wraps or parts a name must not hide it from this test either.
      let plain = text.lowercased().replacing("\\n", with: " ")
      return Self.planted.filter { plain.contains($0) }.map { "\($0) in \(path)" }
    }.sorted()
  }

  @Test(arguments: [
    "mode: redact, \(patients)", "mode: redact, key: secret.key, \(patients)",
    "mode: surrogate, key: secret.key, \(patients)", "mode: fail, \(patients)",
  ])
  func `nothing planted comes out`(stage: String) throws {
    let run = try build(stage, to: "out")
    #expect(run.exitCode == (stage.hasPrefix("mode: fail") ? 1 : 0), "\(run.messages)")
    #expect(leaks(in: "out", run) == [])
    guard run.exitCode == 0 else { return }
    #expect(folder.mode(of: "out/manifest.json") == 0o600)
    let manifest = try JSON(parsing: folder.text(of: "out/manifest.json"))
    let stage = try #require(manifest["deidentification"])
    #expect(stage["sources"]?[1]?["records_with_known_identifiers"] == .number("40"))
  }

  @Test(arguments: ["mode: redact, ", "mode: surrogate, key: secret.key, "])
  func `threads decide nothing`(stage: String) throws {
    for threads in [1, 2, 7] {
      let run = try build(stage + Self.patients, threads: threads, to: "out\(threads)")
      #expect(run.exitCode == 0, "\(run.messages)")
    }
    let one = FolderContent.files(in: folder("out1"))
    #expect(one == FolderContent.files(in: folder("out2")))
    #expect(one == FolderContent.files(in: folder("out7")))
  }

  private func texts(in name: String) -> String {
    ["train", "validation", "test"].map { folder.text(of: "\(name)/text/\($0).jsonl") }.joined()
  }

  @Test func `a patient's placeholders are the same in all notes and sources`() throws {
    let run = try build("mode: redact, " + Self.patients, to: "out")
    #expect(run.exitCode == 0, "\(run.messages)")
    let texts = texts(in: "out")
    #expect(texts.contains("Ms. [NAME_1] (MRN [MRN_1]) called from [PHONE_1]"))
    #expect(texts.contains("[NAME_1] was born [DATE_1]. [NAME_1]'s knee is better"))
    #expect(texts.contains("Dear [NAME_1], hello"))
    // The other patient's texts hold a third name already.
    #expect(texts.contains("[NAME_4] rests. [NAME_4] was seen on [DATE_"))
    #expect(texts.contains("[NAME_3] stays, as [**Hospital 7**] does"))
  }

  @Test func `what is known of a row's patient is removed from that row`() throws {
    let run = try build("mode: redact, " + Self.patients, to: "out")
    #expect(run.exitCode == 0, "\(run.messages)")
    #expect(texts(in: "out").contains("[NAME_1] was here"))
  }

  @Test func `surrogates keep form, and the key decides them`() throws {
    let run = try build("mode: surrogate, key: secret.key, " + Self.patients, to: "out")
    #expect(run.exitCode == 0, "\(run.messages)")
    let first = texts(in: "out")
    try folder.write("another-key-of-the-tests-9876543210-zyxwvutsrq", to: "secret.key")
    let other = try build("mode: surrogate, key: secret.key, " + Self.patients, to: "out2")
    #expect(other.exitCode == 0, "\(other.messages)")
    #expect(first != texts(in: "out2"))
    #expect(first.contains("555-01"))
    let checks = try ["out", "out2"].map {
      try JSON(parsing: folder.text(of: "\($0)/manifest.json"))["deidentification"]?["key_check"]
    }
    #expect(checks[0] != nil && checks[0] != checks[1])
  }

  @Test func `records in which something is found are rejected with counts alone`() throws {
    try folder.write(
      #"{"id": "9", "patient": "00412377", "text": "All is well with the knee today."}"# + "\n",
      to: "notes/x.jsonl")
    let run = try build("mode: fail, " + Self.patients, to: "out")
    #expect(run.exitCode == 0, "\(run.messages)")
    #expect(leaks(in: "out", run) == [])
    let rejected = folder.text(of: "out/rejected.jsonl")
    #expect(
      rejected.contains(#""reason":"identifier-found","value":"NAME 3, DATE 1, PHONE 1, MRN 1""#))
  }

  @Test func `report changes nothing and counts`() throws {
    let run = try build("mode: report, " + Self.patients, to: "out")
    #expect(run.exitCode == 0, "\(run.messages)")
    #expect(texts(in: "out").contains("VELKAMIR"))
    let manifest = try JSON(parsing: folder.text(of: "out/manifest.json"))
    #expect(manifest["deidentification"]?["ids"] == .string("kept"))
  }

  @Test(arguments: [
    ("mode: surrogate", "needs a 'key'"),
    ("mode: redact, key: people.csv, ids: key", "'ids' must be"),
    ("mode: surrogate, key: none.key", "cannot be read"),
    ("mode: redact, patients: [{path: people.csv}]", "patients are"),
    ("mode: redact, patients: [{source: nots}]", "there is no source 'nots'"),
    ("mode: redact, classes: [NAMES]", "must be one of"),
  ])
  func `a stage that cannot be is told`(stage: String, message: String) throws {
    let run = try build(stage, to: "out")
    #expect(run.exitCode == 2)
    #expect(run.messages.contains(message), "\(run.messages)")
  }

  @Test func `a short key and patients of nobody are refused`() throws {
    try folder.write("short", to: "short.key")
    let short = try build("mode: redact, key: short.key", to: "out")
    #expect(short.exitCode == 2)
    #expect(short.messages.contains("at least 32 bytes"))
    #expect(!short.messages.contains("'short'"))
    let strangers = try build(
      "mode: redact, patients: [{path: people.csv, patient: phone, identifiers: {NAME: last}}]",
      to: "out")
    #expect(strangers.exitCode == 1)
    #expect(strangers.messages.contains("no record is of one of the 1 patients"))
  }

  @Test func `identifiers at a path that no row has are refused`() throws {
    func run(_ path: String, limit: [String] = []) throws -> MateriaRun {
      let text = """
        version: 1
        name: paths
        sources:
          - {name: notes, corpus: jsonl, path: notes, license: CC0-1.0, shape: note, language: en,
             fields: {id: id, text: text}, identifiers: {NAME: [text, \(path)]}}
        stages: [{deidentify: {mode: redact}}]
        tasks: [{for: [notes], task: pre-training-text}]
        emit: [{dialect: text}]
        """
      return try MateriaRun(
        ["build", folder.write(text, to: "p.yaml"), "--output", folder("paths")] + limit)
    }
    let typo = try run("who.nam")
    #expect(typo.exitCode == 1)
    #expect(typo.messages.contains("p.yaml:4"), "\(typo.messages)")
    #expect(
      typo.messages.contains(
        "no row of source 'notes' has a value at 'who.nam', which 'identifiers' names"))
    #expect(folder.names(in: "paths") == [])
    let right = try run("patient")
    #expect(right.exitCode == 0, "\(right.messages)")
  }

  @Test(arguments: [
    ("", "people.csv"), ("\n", "no column 'mrn'"),
    ("mrn,first,last,born,phone\n", "no row with the key of a patient in column 'mrn'"),
    ("mrn,first,last,born\n", "no column 'phone'"),
    ("mrn,first,last,born\n1,Tumira,Garloon,\n", "no column 'phone'"),
    ("mrn,first,last,born,phone\n,Tumira,Garloon,,\n", "in column 'mrn'"),
  ])
  func `a table that tells nothing of patients is refused`(
    table: String, message: String
  ) throws {
    try folder.write(table, to: "people.csv")
    let run = try build("mode: redact, " + Self.patients, to: "out")
    #expect(run.exitCode == 1)
    #expect(run.messages.contains(message), "\(run.messages)")
    #expect(!message.hasPrefix("no column") || run.messages.contains("people.csv"))
  }

  @Test func `a date of birth that cannot be read is refused by its row`() throws {
    try folder.write(
      "mrn,first,last,born,phone\n00412377,Velkamir,Dorquist,9.3.1957,\n"
        + "99887766,Tumira,Garloon,garloon-spring,\n", to: "people.csv")
    let run = try build("mode: redact, " + Self.patients, to: "out")
    #expect(run.exitCode == 1)
    #expect(run.messages.contains("the cell in column 'born' is no date"), "\(run.messages)")
    #expect(run.messages.contains("people.csv:3"), "\(run.messages)")
    #expect(!run.messages.contains("spring"))
  }

  @Test func `records of patients that the table lacks are counted in a warning`() throws {
    try folder.write(
      "mrn,first,last,born,phone\n00412377,Velkamir,Dorquist,1957-03-09,\n"
        + "099887766,Tumira,Garloon,,\n", to: "people.csv")
    let run = try build("mode: redact, " + Self.patients, to: "out")
    #expect(run.exitCode == 0, "\(run.messages)")
    #expect(
      run.messages.contains(
        "20 records of source 'notes' are of patients of whom 'patients' gives no identifiers"))
    #expect(run.messages.contains("keys are compared exactly"))
    #expect(!run.messages.contains("099887766"))
  }

  // MARK: Files of any kind

  @Test func `scan tells places and never words`() throws {
    try folder.write("Fine.\n\nSeen on March 9, 1957 by all.\n", to: "a.txt")
    let run = try MateriaRun(["scan", "a.txt", "notes"], in: folder.path)
    #expect(run.exitCode == 1)
    #expect(run.output.contains("a.txt:3:9: DATE "))
    #expect(run.output.contains("garloon-99887766.jsonl:2:"))
    #expect(!run.output.lowercased().contains("march"))
    let clean = try MateriaRun(["scan", "--classes", "IP_ADDRESS", "a.txt"], in: folder.path)
    #expect(clean.exitCode == 0)
    let wrong = try MateriaRun(["scan", "--classes", "IP", "a.txt"], in: folder.path)
    #expect(wrong.exitCode == 2)
  }

  @Test func `scan and deidentify tell where a file is not UTF-8`() throws {
    try folder.write(Array("one\ntwo ".utf8) + [0xE9, 0x0A], to: "bad.txt")
    let scan = try MateriaRun(["scan", "bad.txt"], in: folder.path)
    #expect(scan.exitCode == 3)
    #expect(scan.messages.contains("bad.txt:2"))
    let run = try MateriaRun(["deidentify", "bad.txt", "--output", "out"], in: folder.path)
    #expect(run.exitCode == 1)
    #expect(folder.names(in: "out") == [])
  }

  @Test func `deidentify rewrites text, lines and tables in their forms`() throws {
    try folder.write("Call on March 9, 1957.\n\nMarch 9, 1957 and 03/14/2021\n", to: "a.txt")
    try folder.write(
      "id;note\n1;\"on 03/14/2021; \"\"all\"\"\"\n2;none\n", to: "t.csv")
    try folder.write(#"{"n": 1.50, "t": ["03/14/2021"], "u": "03/14/2021"}"# + "\n", to: "l.jsonl")
    let run = try MateriaRun(
      ["deidentify", "a.txt", "t.csv", "l.jsonl", "--output", "out", "--classes", "DATE"],
      in: folder.path)
    #expect(run.exitCode == 0, "\(run.messages)")
    #expect(folder.text(of: "out/a.txt") == "Call on [DATE_1].\n\n[DATE_1] and [DATE_2]\n")
    #expect(folder.text(of: "out/t.csv") == "id;note\n1;\"on [DATE_1]; \"\"all\"\"\"\n2;none\n")
    #expect(folder.text(of: "out/l.jsonl") == #"{"n":1.50,"t":["[DATE_1]"],"u":"[DATE_1]"}"# + "\n")
    #expect(folder.mode(of: "out/a.txt") == 0o600)
    let again = try MateriaRun(["deidentify", "a.txt", "--output", "out"], in: folder.path)
    #expect(again.exitCode == 3)
    let field = try MateriaRun(
      ["deidentify", "l.jsonl", "--output", "out2", "--field", "u"], in: folder.path)
    #expect(field.exitCode == 0)
    #expect(
      folder.text(of: "out2/l.jsonl") == #"{"n":1.50,"t":["03/14/2021"],"u":"[DATE_1]"}"# + "\n")
  }

  // MARK: What cannot be read, and names of fields

  @Test func `scan goes on after what cannot be read, tells it all, and exits with 3`() throws {
    try folder.write(Array("Seen on March 9, 1957.\ntwo ".utf8) + [0xE9, 0x0A], to: "in/a.txt")
    try folder.write("{\"n\": \n", to: "in/b.json")
    try folder.write("{\"t\": 1}\n{\"t\": Call 617-555-0142\n{\"t\": 2}\n", to: "in/c.jsonl")
    try folder.write("a,b\n1,2\n3\n4,03/14/2021\n", to: "in/d.csv")
    try folder.write("Seen on March 9, 1957.\n", to: "in/e.txt")
    let run = try MateriaRun(["scan", "no.txt", "in"], in: folder.path)
    #expect(run.exitCode == 3)
    for place in [
      "a.txt:1:9: DATE", "c.jsonl:2:12: PHONE", "d.csv:4:1 [b]: DATE", "e.txt:1:9: DATE",
    ] {
      #expect(run.output.contains("in/\(place)"), "\(place) in \(run.output)")
    }
    for place in ["no.txt", "in/a.txt:2", "in/b.json:2", "in/c.jsonl:2", "in/d.csv:3"] {
      #expect(run.messages.contains("\(place)"), "\(place) in \(run.messages)")
    }
    #expect(run.output.contains("not all could be read: 5 problems"))
  }

  @Test func `a JSON document is one, or lines, and its keys and numbers are looked at`() throws {
    let document =
      "[\n  {\"t\": \"fine\"},\n  {\"Mr. John Whitcombe\": {\"tel\": 6175550142, \"n\": 1.50}}\n]\n"
    try folder.write(document, to: "d.json")
    try folder.write("{\"t\": \"03/14/2021\"}\n{\"t\": \"03/15/2021\"}\n", to: "l.json")
    let run = try MateriaRun(["scan", "d.json", "l.json"], in: folder.path)
    #expect(run.exitCode == 1, "\(run.messages)")
    #expect(run.output.contains("d.json:3:5 [#1]: NAME"))
    #expect(run.output.contains("d.json:3:1 [#1.tel]: PHONE"))
    #expect(run.output.contains("l.json:2:1 [t]: DATE"))
    #expect(!run.output.contains("Whitcombe"))
    let rewritten = try MateriaRun(
      ["deidentify", "d.json", "l.json", "--output", "out"], in: folder.path)
    #expect(rewritten.exitCode == 0, "\(rewritten.messages)")
    #expect(
      folder.text(of: "out/d.json")
        == #"[{"t":"fine"},{"Mr. [NAME_1]":{"tel":"[PHONE_1]","n":1.50}}]"# + "\n")
    #expect(
      folder.text(of: "out/l.json") == #"{"t":"[DATE_1]"}"# + "\n" + #"{"t":"[DATE_1]"}"# + "\n")
  }

  @Test func `a first row with an identifier is a row, and columns go by number`() throws {
    try folder.write("Mr. John Whitcombe,fine,fine\nMrs. Mary Jones,fine,well\n", to: "t.csv")
    let run = try MateriaRun(["scan", "t.csv"], in: folder.path)
    #expect(run.exitCode == 1)
    #expect(run.output.contains("t.csv:1:5 [#1]: NAME"))
    #expect(run.output.contains("t.csv:2:6 [#1]: NAME"))
    #expect(run.messages.contains("t.csv:1: warning: the first row holds an identifier"))
    #expect(!(run.output + run.messages).contains("Whitcombe"))
    let rewritten = try MateriaRun(["deidentify", "t.csv", "--output", "out"], in: folder.path)
    #expect(rewritten.exitCode == 0, "\(rewritten.messages)")
    #expect(
      folder.text(of: "out/t.csv") == "Mr. [NAME_1],fine,fine\nMrs. [NAME_1],fine,well\n")
  }

  @Test func `a line beyond a mebibyte is cut through no identifier`() throws {
    let piece = "and so on Mr. John Whitcombe called from 617-555-0142 on March 9, 1957 as ever. "
    let line = String(repeating: piece, count: (3 << 20) / piece.utf8.count)
    try folder.write(line, to: "long.txt")
    let run = try MateriaRun(["deidentify", "long.txt", "--output", "out"], in: folder.path)
    #expect(run.exitCode == 0, "\(run.messages)")
    let pieces = folder.text(of: "out/long.txt").split(separator: "ever. ")
    #expect(Set(pieces) == ["and so on Mr. [NAME_1] called from [PHONE_1] on [DATE_1] as "])
  }

  @Test(arguments: [["--field", "txet"], ["--patient", "wo"]])
  func `deidentify refuses a field that no row has`(option: [String]) throws {
    try folder.write(#"{"who": "1", "text": "on 03/14/2021"}"# + "\n", to: "l.jsonl")
    try folder.write("who,text\n", to: "t.csv")
    for (file, message) in [
      ("l.jsonl", "no row has the field"), ("t.csv", "the table has no column"),
    ] {
      let run = try MateriaRun(
        ["deidentify", file, "--output", "typo"] + option, in: folder.path)
      #expect(run.exitCode == 1, "\(file): \(run.messages)")
      #expect(run.messages.contains("\(message) '\(option[1])'"), "\(run.messages)")
      #expect(folder.names(in: "typo") == [])
    }
    let right = try MateriaRun(
      ["deidentify", "l.jsonl", "--output", "right", "--field", "text", "--patient", "who"],
      in: folder.path)
    #expect(right.exitCode == 0, "\(right.messages)")
  }

  @Test func `a locked build sees another key and another table of patients`() throws {
    let stage = "mode: redact, key: secret.key, " + Self.patients
    func locked() throws -> MateriaRun {
      try MateriaRun(["build", recipe(stage), "--output", folder("out"), "--locked"])
    }
    #expect(try build(stage, to: "out").exitCode == 0)
    let same = try locked()
    #expect(same.exitCode == 0, "\(same.messages)")
    try folder.write("another-key-of-the-tests-9876543210-zyxwvutsrq", to: "secret.key")
    let key = try locked()
    #expect(key.exitCode != 0)
    #expect(key.messages.contains("the secret key differs"), "\(key.messages)")
    try folder.write(Self.key + "\n", to: "secret.key")
    try folder.write(folder.text(of: "people.csv") + "\n5,A,Bodwin,,\n", to: "people.csv")
    let table = try locked()
    #expect(table.exitCode != 0)
    #expect(table.messages.contains("of source 'patients' has changed"), "\(table.messages)")
  }
}
