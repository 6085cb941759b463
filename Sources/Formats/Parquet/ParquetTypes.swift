/// How a column's values are stored.
enum ParquetPhysicalType: Equatable {
  case boolean
  case int32
  case int64
  /// A time of day in nanoseconds and a Julian day, as Impala and Spark of old wrote timestamps.
  case int96
  case float
  case double
  case bytes
  case fixed(Int)

  init(_ element: ParquetMetadata.SchemaElement, path: String) throws(ParquetFault) {
    switch element.type {
    case 0: self = .boolean
    case 1: self = .int32
    case 2: self = .int64
    case 3: self = .int96
    case 4: self = .float
    case 5: self = .double
    case 6: self = .bytes
    case 7:
      guard element.typeLength > 0 else {
        throw .malformed("column '\(path)' has values of \(element.typeLength) bytes")
      }
      self = .fixed(element.typeLength)
    default: throw .unsupported("column '\(path)' of type \(element.type ?? -1)")
    }
  }

  /// The number of the type in the format.
  var code: Int {
    switch self {
    case .boolean: 0
    case .int32: 1
    case .int64: 2
    case .int96: 3
    case .float: 4
    case .double: 5
    case .bytes: 6
    case .fixed: 7
    }
  }

  /// How many bytes a value of numbers has; nil for others.
  var wordBytes: Int? {
    switch self {
    case .int32, .float: 4
    case .int64, .double: 8
    default: nil
    }
  }

  /// How many bytes a value has where all have as many; nil for others.
  var fixedBytes: Int? {
    switch self {
    case .int96: 12
    case .fixed(let count): count
    default: wordBytes
    }
  }
}

/// What a column's values stand for.
enum ParquetMeaning: Equatable {
  case boolean
  case signed
  case unsigned
  case float
  case double
  case date
  case time(ParquetTimeUnit)
  case timestamp(ParquetTimeUnit, isUTC: Bool)
  case int96
  case decimal(scale: Int)
  case half
  case text
  case uuid
  /// Bytes of fixed length without a meaning that is known.
  case opaque

  init(of element: ParquetMetadata.SchemaElement, _ type: ParquetPhysicalType) {
    self = Self.annotated(element, type) ?? Self.plain(type)
  }

  private static func plain(_ type: ParquetPhysicalType) -> Self {
    switch type {
    case .boolean: .boolean
    case .int32, .int64: .signed
    case .int96: .int96
    case .float: .float
    case .double: .double
    case .bytes: .text
    case .fixed: .opaque
    }
  }

  /// What the annotations say, where it suits the type; the newer one comes first.
  private static func annotated(
    _ element: ParquetMetadata.SchemaElement, _ type: ParquetPhysicalType
  ) -> Self? {
    let logical = element.logicalType
    let unit = ParquetTimeUnit(rawValue: logical?.unit ?? 0)
    let isWide = type == .int64
    switch (logical?.kind, element.convertedType) {
    case (5, _), (nil, 5): return decimal(scale: logical?.scale ?? element.scale, type)
    case (6, _), (nil, 6): return type == .int32 ? .date : nil
    case (7, _): return unit.flatMap { (($0 == .milliseconds) != isWide) ? .time($0) : nil }
    case (nil, 7): return type == .int32 ? .time(.milliseconds) : nil
    case (nil, 8): return isWide ? .time(.microseconds) : nil
    case (8, _):
      return unit.flatMap { isWide ? .timestamp($0, isUTC: logical?.isAdjustedToUTC == true) : nil }
    case (nil, 9): return isWide ? .timestamp(.milliseconds, isUTC: true) : nil
    case (nil, 10): return isWide ? .timestamp(.microseconds, isUTC: true) : nil
    case (10, _): return logical?.isSigned == false && type.isInteger ? .unsigned : nil
    case (nil, 11?), (nil, 12?), (nil, 13?), (nil, 14?): return type.isInteger ? .unsigned : nil
    case (14, _): return type == .fixed(16) ? .uuid : nil
    case (15, _): return type == .fixed(2) ? .half : nil
    default: return nil
    }
  }

  private static func decimal(scale: Int, _ type: ParquetPhysicalType) -> Self? {
    guard (0...38).contains(scale) else { return nil }
    switch type {
    case .int32, .int64, .bytes, .fixed: return .decimal(scale: scale)
    default: return nil
    }
  }
}

/// What times are counted in, by the numbers of the format.
enum ParquetTimeUnit: Int {
  case milliseconds = 1
  case microseconds = 2
  case nanoseconds = 3

  var perSecond: Int64 {
    switch self {
    case .milliseconds: 1_000
    case .microseconds: 1_000_000
    case .nanoseconds: 1_000_000_000
    }
  }
}

extension ParquetPhysicalType {
  fileprivate var isInteger: Bool { self == .int32 || self == .int64 }
}
