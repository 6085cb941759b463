/// The encodings that text is read in.
package enum TextEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  /// UTF-16 in the order of its byte order mark; big-endian without one, by RFC 2781.
  case utf16 = "utf-16"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  case ascii = "us-ascii"
  case latin1 = "iso-8859-1"
  case latin2 = "iso-8859-2"
  case latin9 = "iso-8859-15"
  case windows1250 = "windows-1250"
  case windows1252 = "windows-1252"
  case macintosh = "macintosh"
  case gb18030 = "gb18030"
  case gbk = "gbk"
  case big5 = "big5"
  case shiftJIS = "shift_jis"
  case eucJP = "euc-jp"
  case eucKR = "euc-kr"

  /// The encoding of a name as declarations and recipes write it, in any case.
  package init?(name: String) {
    let key = name.lowercased()
    guard let encoding = Self(rawValue: Self.aliases[key] ?? key) else { return nil }
    self = encoding
  }

  /// The name in the form that people know: `UTF-8`, `windows-1252`.
  package var name: String {
    switch self {
    case .windows1250, .windows1252, .macintosh: rawValue
    case .shiftJIS: "Shift_JIS"
    case .big5: "Big5"
    default: rawValue.uppercased()
    }
  }

  package static let names = allCases.map(\.name)

  var isUTF16: Bool { self == .utf16 || self == .utf16LittleEndian || self == .utf16BigEndian }

  /// What glibc's iconv calls it.
  var iconvName: String {
    switch self {
    case .utf16: "UTF-16BE"
    case .windows1250: "CP1250"
    case .windows1252: "CP1252"
    default: rawValue.uppercased()
    }
  }

  private static let aliases = [
    "utf8": "utf-8", "utf16": "utf-16", "ucs-2": "utf-16", "iso-10646-ucs-2": "utf-16",
    "ascii": "us-ascii", "latin1": "iso-8859-1", "latin-1": "iso-8859-1", "l1": "iso-8859-1",
    "iso_8859-1": "iso-8859-1", "iso8859-1": "iso-8859-1", "latin2": "iso-8859-2",
    "latin9": "iso-8859-15", "cp1250": "windows-1250", "cp1252": "windows-1252",
    "mac": "macintosh", "macroman": "macintosh", "mac-roman": "macintosh",
    "x-mac-roman": "macintosh", "gb2312": "gbk", "cp936": "gbk", "sjis": "shift_jis",
    "shift-jis": "shift_jis", "eucjp": "euc-jp", "euckr": "euc-kr",
  ]

  /// The encoding that a byte order mark shows, and the mark's length.
  static func byteOrderMark(
    of bytes: some Collection<UInt8>
  ) -> (encoding: TextEncoding, bytes: Int)? {
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { return (.utf8, 3) }
    if bytes.starts(with: [0xff, 0xfe]) { return (.utf16LittleEndian, 2) }
    if bytes.starts(with: [0xfe, 0xff]) { return (.utf16BigEndian, 2) }
    return nil
  }
}
