import Formats
import Records

/// Clinical notes as text files, one record per file, whatever the file is named.
///
/// UTF-8, UTF-16 with a mark, Windows-1252 and Mac Roman are told apart by the bytes; what is none
/// of them is rejected as `invalid-encoding`. RTF, markup and binary files are rejected as
/// `unsupported-record`; a file named `.rtf` that is plain text is read. The text is split by
/// `NoteSections`.
///
/// In the option `patient`, `*` stands for anything inside one folder name and `**` for any folders
/// (`notes/p{patient}_*`). Files that it fits are grouped by patient, the others each for itself.
struct TextNotes: CorpusReader {
  static let facts = CorpusFacts(
    name: "text-notes", title: "Clinical notes as text files", shape: .note, license: nil,
    language: nil, forms: ".txt, any or no extension",
    tasks: ["note-summarisation", "note-section-generation", "pre-training-text"],
    reference: "one note per file",
    options: [
      .encoding("by content"),
      ReaderOption(
        "patient", "each file for itself",
        "a pattern of paths in which `{patient}` marks the patient: `**/{patient}/*.txt`"),
      ReaderOption("category_from_folder", "false", "takes the folder's name as the category"),
    ] + NoteForm.options)

  /// The longest note that is taken.
  private static let maximumBytes = 16 << 20

  private let settings: ReaderSettings
  private let encoding: TextEncoding?
  private let patientPattern: PathPattern?
  private let takesCategoryFromFolder: Bool
  private let form: NoteForm

  init(options: ReaderOptions) throws {
    settings = try .unmapped(Self.facts, options)
    encoding = try settings.encoding()
    patientPattern = try settings.text("patient").map { try PathPattern($0, capturing: "patient") }
    takesCategoryFromFolder = try settings.flag("category_from_folder", default: false)
    form = try NoteForm(settings)
  }

  func accepts(path: String) -> Bool { !EntryName(path).isLitter }

  func read(_ entry: inout some EntryBytes, into sink: ReadingSink) throws {
    let bytes = try entry.allBytes(maximumBytes: Self.maximumBytes)
    var outlet = ReadingOutlet()
    try EnoughReadings.ends {
      if let form = Self.unsupportedForm(of: bytes) {
        return try outlet.reject(entry.path, .unsupportedRecord, value: form, at: 0, to: sink)
      }
      let text: String
      do throws(TextError) {
        text = try decoded(bytes)
      } catch {
        let place = error.position.byteOffset.map { "byte \($0)" }
        return try outlet.reject(entry.path, .invalidEncoding, value: place, at: 0, to: sink)
      }
      guard !TidyText.isBlank(text) else {
        return try outlet.reject(entry.path, .emptyText, at: 0, to: sink)
      }
      try outlet.pass(record(of: text, path: entry.path), at: 0, to: sink)
    }
  }

  private func decoded(_ bytes: [UInt8]) throws(TextError) -> String {
    let result = bytes.withUnsafeBytes { bytes in
      Result { () throws(TextError) in
        guard let encoding else { return try TextDecoder.sniff(bytes).text }
        return try TextDecoder.decode(bytes, as: encoding)
      }
    }
    return try result.get()
  }

  private func record(of text: String, path: String) -> Record {
    let patient = patientPattern?.capture(in: path)
    let folder = EntryName(path).folders.last ?? ""
    let note = Note(
      sections: form.sections(of: text), category: takesCategoryFromFolder ? folder : "",
      patient: patient ?? "")
    return settings.record(
      id: path, groups: [patient.map { GroupKey(.patient, $0) } ?? GroupKey(.document, path)],
      tags: note.category.isEmpty ? [] : [Tag("category", note.category)], content: .note(note))
  }

  /// What the bytes are when they are no plain text: by their first bytes, or by a NUL.
  private static func unsupportedForm(of bytes: [UInt8]) -> String? {
    if bytes.starts(with: "{\\rtf".utf8) { return "rtf" }
    let start = bytes.drop { TidyText.isSpace($0) || [0xef, 0xbb, 0xbf].contains($0) }
    if start.starts(with: "<?xml".utf8) { return "xml" }
    if start.starts(with: "<!DOCTYPE".utf8) || start.starts(with: "<html".utf8) { return "html" }
    if start.starts(with: "%PDF-".utf8) { return "pdf" }
    let isWide = bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff])
    return !isWide && bytes.contains(0) ? "binary" : nil
  }
}
