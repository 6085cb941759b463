import Formats

/// The columns of rows as `datasets` writes them into the footer of Parquet files, by which it knows
/// them without looking at values.
package struct HubFeatures {
  /// The key of the footer's entry.
  package static let key = "huggingface"

  private let features: [Feature]

  package init(_ features: [Feature]) { self.features = features }

  package var text: String {
    var json = JSONWriter()
    json.beginObject()
    json.key("info")
    json.beginObject()
    json.key("features")
    write(features, into: &json)
    json.endObject()
    json.endObject()
    return json.text
  }

  private func write(_ features: [Feature], into json: inout JSONWriter) {
    json.beginObject()
    for feature in features {
      json.key(feature.name)
      write(feature.kind, into: &json)
    }
    json.endObject()
  }

  private func write(_ kind: Feature.Kind, into json: inout JSONWriter) {
    switch kind {
    case .text: writeValue("string", into: &json)
    case .number: writeValue("int64", into: &json)
    case .texts: writeList(of: .text, into: &json)
    case .textPairs: writeList(of: .texts, into: &json)
    case .object(let members): write(members, into: &json)
    case .objects(let members): writeList(of: .object(members), into: &json)
    }
  }

  private func writeValue(_ type: String, into json: inout JSONWriter) {
    json.beginObject()
    json.member("dtype", type)
    json.member("_type", "Value")
    json.endObject()
  }

  /// A list around its element's type, which every version of `datasets` reads.
  private func writeList(of element: Feature.Kind, into json: inout JSONWriter) {
    json.beginArray()
    write(element, into: &json)
    json.endArray()
  }
}

extension Feature {
  /// The column of a Parquet file that holds the feature.
  package var parquetField: ParquetWriterField {
    ParquetWriterField(name, kind.parquetKind)
  }
}

extension Feature.Kind {
  fileprivate var parquetKind: ParquetWriterField.Kind {
    switch self {
    case .text: .text
    case .number: .integer
    case .texts: .list(.text)
    case .textPairs: .list(.list(.text))
    case .object(let members): .structure(members.map(\.parquetField))
    case .objects(let members): .list(.structure(members.map(\.parquetField)))
    }
  }
}
