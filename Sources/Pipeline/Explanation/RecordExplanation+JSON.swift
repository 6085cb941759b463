import Formats

extension RecordExplanation {
  /// The explanation as one JSON object, which `Schemas/explanation.schema.json` describes.
  package var json: String {
    var json = JSONWriter()
    json.beginObject()
    json.key("schema_version")
    json.number(1)
    json.texts([("id", id), ("source", source), ("corpus", corpus)])
    if let place { place.write(into: &json) }
    if let license {
      json.object("license") { $0.texts([("id", license.id), ("why", license.why)]) }
    }
    json.texts([("language", language)])
    json.objects("groups", groups) { json, group in
      json.texts([("key", group.key)])
      json.counts("examples", group.examples.map { ($0.split, $0.count) })
    }
    if let split {
      json.object("split") {
        $0.texts([("name", split.name), ("reason", split.reason), ("why", split.why)])
      }
    }
    json.objects("rejections", rejections) { json, rejection in
      json.texts([
        ("stage", rejection.stage), ("reason", rejection.reason), ("value", rejection.value),
      ])
      json.settings("limits", rejection.limits)
      if let place = rejection.otherReading {
        json.object("other_reading") { place.write(into: &$0) }
      }
    }
    writeComparisons(into: &json)
    json.settings("mix", mix)
    json.objects("examples", examples) { json, example in example.write(into: &json) }
    if let identifiers {
      json.object("identifiers") { json in
        json.texts([("mode", identifiers.mode)])
        json.counts("in_rows", identifiers.counts)
      }
    }
    json.endObject()
    return json.text
  }

  private func writeComparisons(into json: inout JSONWriter) {
    json.objects("copies", copies) { json, copy in
      json.texts([
        ("cluster", copy.cluster), ("kept", copy.kept), ("dropped", copy.dropped),
        ("kind", copy.kind),
      ])
      json.key("similarity")
      json.number(text: copy.similarity)
      json.key("cluster_dropped")
      json.number(copy.clusterSize)
    }
    json.objects("contamination", contamination) { json, hit in
      json.texts([("benchmark", hit.benchmark), ("item", hit.item), ("rule", hit.rule)])
      json.key("score")
      json.number(text: hit.score)
      json.key("removed")
      json.bool(hit.isRemoved)
    }
  }
}

extension RecordExplanation.Place {
  fileprivate func write(into json: inout JSONWriter) {
    json.texts([("archive", archive), ("entry", entry)])
    json.key("ordinal")
    json.number(ordinal)
    guard let byteOffset else { return }
    json.key("byte_offset")
    json.number(byteOffset)
  }
}

extension RecordExplanation.Example {
  fileprivate func write(into json: inout JSONWriter) {
    json.texts([("id", id), ("task", task), ("template", template)])
    json.key("exemplars")
    json.beginArray()
    for exemplar in exemplars { json.string(exemplar) }
    json.endArray()
    json.objects("rows", rows) { json, row in
      json.texts([("dialect", row.dialect), ("file", row.file)])
      json.key("line")
      json.number(row.line)
      json.texts([("text", row.text)])
    }
  }
}

extension JSONWriter {
  /// Writes the members that have a text.
  mutating func texts(_ members: [(name: String, text: String?)]) {
    for (name, text) in members {
      guard let text else { continue }
      key(name)
      string(text)
    }
  }

  fileprivate mutating func object(_ name: String, _ body: (inout JSONWriter) -> Void) {
    key(name)
    beginObject()
    body(&self)
    endObject()
  }

  fileprivate mutating func objects<Element>(
    _ name: String, _ elements: [Element], _ body: (inout JSONWriter, Element) -> Void
  ) {
    key(name)
    beginArray()
    for element in elements {
      beginObject()
      body(&self, element)
      endObject()
    }
    endArray()
  }

  fileprivate mutating func counts(_ name: String, _ counts: [(name: String, count: Int)]) {
    object(name) { json in
      for count in counts {
        json.key(count.name)
        json.number(count.count)
      }
    }
  }

  fileprivate mutating func settings(
    _ name: String, _ settings: [RecordExplanation.Setting]
  ) {
    objects(name, settings) { $0.texts([("path", $1.path), ("value", $1.value)]) }
  }
}
