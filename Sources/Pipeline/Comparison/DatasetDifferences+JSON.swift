import Formats

extension DatasetDifferences {
  /// The differences as one JSON object, which `Schemas/diff.schema.json` describes.
  package var json: String {
    var json = JSONWriter()
    json.beginObject()
    json.key("schema_version")
    json.number(1)
    json.key("same")
    json.bool(isSame)
    for (name, side) in [("before", before), ("after", after)] {
      json.key(name)
      side.write(into: &json)
    }
    json.key("dialect")
    if let dialect { json.string(dialect) } else { json.null() }
    for (name, changes) in values {
      json.key(name)
      json.beginArray()
      for change in changes { change.write(into: &json) }
      json.endArray()
    }
    json.key("records")
    json.beginArray()
    for kind in records where kind.count > 0 { kind.write(into: &json) }
    json.endArray()
    json.endObject()
    return json.text
  }
}

extension DatasetDifferences.Side {
  fileprivate func write(into json: inout JSONWriter) {
    json.beginObject()
    for (name, text) in [("dataset", path), ("tool", tool), ("recipe_sha256", recipe)] {
      json.key(name)
      json.string(text)
    }
    json.key("records")
    json.number(kept)
    json.key("rejected")
    json.number(rejected)
    json.endObject()
  }
}

extension ValueChange {
  fileprivate func write(into json: inout JSONWriter) {
    json.beginObject()
    json.key("path")
    json.string(path)
    json.texts([("before", before), ("after", after)])
    json.endObject()
  }
}

extension DatasetDifferences.Records {
  fileprivate func write(into json: inout JSONWriter) {
    json.beginObject()
    json.key("kind")
    json.string(kind.rawValue)
    json.key("count")
    json.number(count)
    json.key("listed")
    json.beginArray()
    for record in listed {
      json.beginObject()
      json.key("id")
      json.string(record.id)
      json.texts([
        ("before", record.before), ("after", record.after), ("row_before", record.rowBefore),
        ("row_after", record.rowAfter),
      ])
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }
}
