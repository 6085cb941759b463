/// Codes of the International Classification of Diseases, dotted as people write them.
///
/// Tables of claims and of MIMIC leave the dot out (`4019`), FHIR keeps it (`401.9`); both are taken.
enum ICDCode {
  /// A diagnosis: `4019` → `401.9`, `E8120` → `E812.0`, `V707` → `V70.7`; version 10 after the third
  /// sign.
  static func diagnosis(_ code: String, version: Int) -> String {
    let isExternalCause = version == 9 && (code.hasPrefix("E") || code.hasPrefix("e"))
    return dotted(code, after: isExternalCause ? 4 : 3)
  }

  /// A procedure: `3961` → `39.61`; ICD-10-PCS has no dot.
  static func procedure(_ code: String, version: Int) -> String {
    version == 9 ? dotted(code, after: 2) : code
  }

  private static func dotted(_ code: String, after count: Int) -> String {
    let bytes = Array(code.utf8)
    guard bytes.count > count, !bytes.contains(UInt8(ascii: ".")) else { return code }
    return String(decoding: bytes[..<count], as: UTF8.self) + "."
      + String(decoding: bytes[count...], as: UTF8.self)
  }
}
