import Records

/// Why a Parquet file, or the rest of it, cannot be read, and where.
package struct ParquetError: DiagnosticError, Equatable {
  package var fault: ParquetFault
  /// The offset of the footer, the page or the structure that is at fault.
  package var byteOffset: Int
  /// The path of the column, escaped for printing; nil when the file as a whole is at fault.
  package var column: String?
  /// The 0-based number of the row group.
  package var rowGroup: Int?
}

/// What is wrong with the bytes of a Parquet file.
package enum ParquetFault: Error, Sendable, Equatable {
  /// The first four bytes are not `PAR1`.
  case notParquet
  /// The last four bytes are not `PAR1`.
  case noFooter
  case encrypted
  /// The bytes end inside a part, named in words.
  case endsInside(String)
  /// A part breaks the format, in words.
  case malformed(String)
  /// A part of the footer or of a page header that must be there is not.
  case missing(String)
  /// A codec, an encoding or a type, by its name in the format.
  case unsupported(String)
  case overLimit(String, found: Int, maximum: Int)
  /// Bytes that a codec cannot unpack to the length that is promised.
  case notUnpackable(codec: String)
  case wrongChecksum
  /// The bytes cannot be had from where they lie, in words.
  case unreachable(String)
}

extension ParquetError {
  package var diagnostic: Diagnostic {
    Diagnostic(at: Position(byteOffset: byteOffset), place + fault.message, hint: fault.hint)
  }

  private var place: String {
    let group = rowGroup.map { "row group \($0)" }
    let place = [column.map { "column '\($0)'" }, group].compactMap(\.self)
    return place.isEmpty ? "" : place.joined(separator: ", ") + ": "
  }
}

extension ParquetFault {
  fileprivate var message: String {
    switch self {
    case .notParquet: "the file does not begin as Parquet does ('PAR1')"
    case .noFooter: "the file does not end with a Parquet footer ('PAR1')"
    case .encrypted: "the file is encrypted Parquet, which cannot be read"
    case .endsInside(let part): "the bytes end inside \(part)"
    case .malformed(let problem): problem
    case .missing(let part): "\(part) is missing"
    case .unsupported(let name): "\(name) cannot be read"
    case .overLimit(let part, let found, let maximum): "\(part): \(found); the limit is \(maximum)"
    case .notUnpackable(let codec): "the page cannot be unpacked by \(codec) to its stated length"
    case .unreachable(let problem): problem
    case .wrongChecksum: "the page does not have the checksum that its header states"
    }
  }

  fileprivate var hint: String {
    switch self {
    case .notParquet: "name the corpus that the file belongs to, or take the file out of the source"
    case .encrypted: "write it again without encryption, where its terms allow that"
    case .unsupported:
      "write the file again: codec none, snappy, gzip or zstd, without encodings of your own choice"
    case .overLimit: "write the file again with smaller pages, row groups or rows"
    case .noFooter, .endsInside, .malformed, .missing, .notUnpackable, .wrongChecksum:
      "the file is cut short or damaged; fetch it again and compare its digest"
    case .unreachable: "make the file readable and run again"
    }
  }
}
