import Records

/// `report.html`: the dataset on one page, for people who decide whether to use it.
///
/// The page is whole in itself: no script, no font, no picture from elsewhere. It holds counts and
/// names of sources, and no text of the corpora but the samples that the recipe asks for.
package struct Report: Sendable {
  let dataset: DatasetDescription

  var manifest: Manifest { dataset.manifest }

  package init(_ dataset: DatasetDescription) { self.dataset = dataset }

  package var text: String {
    var html = HTMLText()
    html.raw(
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">

      """)
    html.element("title", dataset.title)
    html.raw("<style>\n\(ReportStyle.sheet)</style>\n</head>\n<body>\n")
    html.element("main") { page in
      page.element("h1", dataset.title)
      page.element("p", dataset.summary)
      writeFacts(into: &page)
      for section in sections { section(&page) }
    }
    html.raw("</body>\n</html>\n")
    return html.text
  }

  private var sections: [(inout HTMLText) -> Void] {
    [
      writeFunnel, writeSplits, writeLengths, writeShares, writeRejections, writeCopies,
      writeIdentifiers,
      writeProof, writeSamples, writeFiles,
    ]
  }

  // MARK: At a glance

  private func writeFacts(into html: inout HTMLText) {
    let total = manifest.sources.reduce(into: Ledger.Account()) { $0 += $1.account }
    let isProven = manifest.proof.groupsInTwoSplits == 0
    html.element("dl", attributes: "class=\"facts\"") { list in
      list.fact("examples", BarChart.grouped(dataset.examples))
      list.fact("records read", BarChart.grouped(total.read))
      list.fact("left out", BarChart.grouped(total.rejectedTotal))
      list.fact("sources", "\(manifest.sources.count)")
      list.fact("use", manifest.use.rawValue)
      if let limit = manifest.limit {
        list.fact("a trial: records of each source at most", BarChart.grouped(limit), class: "bad")
      }
      list.fact(
        "may be passed on", manifest.isRedistributable ? "yes" : "no",
        class: manifest.isRedistributable ? "good" : "bad")
      list.fact(
        "groups in two splits", "\(manifest.proof.groupsInTwoSplits)",
        class: isProven ? "good" : "bad")
    }
    html.element(
      "p",
      "Built by \(manifest.tool) with seed \(manifest.seed). Every number here is from manifest.json."
    )
  }

  // MARK: What came in and what became of it

  private func writeFunnel(into html: inout HTMLText) {
    html.element("h2", "Sources")
    BarChart(
      title: "Records of each source",
      bars: manifest.sources.map { source in
        BarChart.Bar(
          label: source.name,
          parts: [
            .init(color: 2, name: "written", value: source.account.written),
            .init(color: 5, name: "left out", value: source.account.rejectedTotal),
          ])
      }
    ).write(into: &html)
    html.table(
      ["source", "corpus", "read", "written", "left out", "words"],
      manifest.sources.map {
        [
          $0.name, $0.corpus, BarChart.grouped($0.account.read),
          BarChart.grouped($0.account.written), BarChart.grouped($0.account.rejectedTotal),
          BarChart.grouped($0.account.words),
        ]
      }, caption: "What was read and what became of it")
  }

  private func writeRejections(into html: inout HTMLText) {
    let reasons = manifest.sources.flatMap(\.account.reasons).reduce(into: [String: Int]()) {
      $0[$1.reason.rawValue, default: 0] += $1.count
    }
    guard !reasons.isEmpty else { return }
    html.element("h2", "Left out")
    html.element("p", "Each record that was left out is named with its reason in rejected.jsonl.")
    BarChart(title: "Records left out, by reason", bars: Self.bars(of: reasons, color: 4))
      .write(into: &html)
    html.element("details") { details in
      details.element("summary", "By source")
      details.table(
        ["source", "reason", "records"],
        manifest.sources.flatMap { source in
          source.account.reasons.map {
            [source.name, $0.reason.rawValue, BarChart.grouped($0.count)]
          }
        }, caption: "Records left out of each source")
    }
  }

  // MARK: What is in it

  private func writeSplits(into html: inout HTMLText) {
    html.element("h2", "Splits")
    BarChart(
      title: "Examples of each split",
      bars: Split.allCases.map { split in
        BarChart.Bar(
          label: split.rawValue,
          parts: [
            .init(color: 0, name: "examples", value: manifest.splits[split]?.examples ?? 0)
          ])
      }
    ).write(into: &html)
    html.table(
      ["split", "examples", "records", "groups"],
      Split.allCases.map { split in
        let counts = manifest.splits[split] ?? Manifest.SplitCounts()
        return [
          split.rawValue, BarChart.grouped(counts.examples), BarChart.grouped(counts.records),
          BarChart.grouped(counts.groups),
        ]
      }, caption: "A group is what must not be split: a patient, a document, a focus")
  }

  private func writeShares(into html: inout HTMLText) {
    html.element("h2", "Licences, languages, tasks")
    BarChart(
      title: "Records under each licence",
      bars: dataset.licenses.map {
        BarChart.Bar(
          label: $0.license.rawValue, parts: [.init(color: 0, name: "records", value: $0.records)])
      }
    ).write(into: &html)
    let languages = manifest.sources.map(\.languages).reduce(into: [:]) {
      $0.merge($1, uniquingKeysWith: +)
    }
    BarChart(title: "Records in each language", bars: Self.bars(of: languages, color: 3))
      .write(into: &html)
    let tasks = manifest.sources.map(\.tasks).reduce(into: [:]) {
      $0.merge($1, uniquingKeysWith: +)
    }
    BarChart(title: "Examples of each task", bars: Self.bars(of: tasks, color: 1))
      .write(into: &html)
  }

  // MARK: What was taken out

  private func writeCopies(into html: inout HTMLText) {
    guard let deduplication = manifest.deduplication else { return }
    html.element("h2", "Copies")
    var rows: [[String]] = []
    if let near = deduplication.near {
      rows = [
        ["least similarity of a near copy", "\(near.threshold)"],
        ["share of pairs at it that are found", DecimalText.fourDecimals(near.recall)],
        ["words of a shingle", "\(near.shingleWords)"],
      ]
    }
    html.table(
      ["what", "value"], rows + [["rule of clusters", deduplication.cluster]],
      caption: "How copies were looked for; duplicates.jsonl names each with the record that stays")
    BarChart(
      title: "Copies left out of each source",
      bars: manifest.sources.map { source in
        let counts = Dictionary(
          uniqueKeysWithValues: source.account.reasons.map { ($0.reason, $0.count) })
        return BarChart.Bar(
          label: source.name,
          parts: [
            .init(color: 0, name: "exact", value: counts[.exactDuplicate] ?? 0),
            .init(color: 1, name: "near", value: counts[.nearDuplicate] ?? 0),
          ])
      }
    ).write(into: &html)
  }

  private func writeIdentifiers(into html: inout HTMLText) {
    guard let deidentification = manifest.deidentification else { return }
    html.element("h2", "Identifiers of persons")
    html.element("p", Manifest.Deidentification.residualRisk)
    let counts = manifest.sources.reduce(into: DeidentificationCounts()) {
      $0 += $1.account.identifiers
    }
    BarChart(
      title: "Identifiers found, by class (mode \(deidentification.mode))",
      bars: Self.bars(of: counts.found, color: 3)
    ).write(into: &html)
    html.table(
      ["what", "count"],
      [
        ["records looked at", BarChart.grouped(counts.records)],
        ["records with identifiers", BarChart.grouped(counts.recordsWithIdentifiers)],
        [
          "records whose patient's identifiers were known",
          BarChart.grouped(counts.recordsWithKnownIdentifiers),
        ],
      ], caption: "Classes looked for: \(deidentification.classes.joined(separator: ", "))")
  }

  // MARK: What was proved

  private func writeProof(into html: inout HTMLText) {
    html.element("h2", "Proof")
    html.element(
      "p", "Before it was published every file was read again: digests, schemas, groups of splits.")
    let proof = manifest.proof
    html.table(
      ["what", "count"],
      [
        ["rows read again", BarChart.grouped(proof.rowsRead)],
        ["rows that fit their schema", BarChart.grouped(proof.rowsValid)],
        ["groups compared over splits", BarChart.grouped(proof.groupsChecked)],
        ["groups in two splits", BarChart.grouped(proof.groupsInTwoSplits)],
      ], caption: "What reading the files again showed")
    writeLeaks(into: &html)
    guard !manifest.benchmarks.isEmpty else { return }
    html.table(
      ["benchmark", "items", "like an item", "removed"],
      manifest.benchmarks.map {
        [
          $0.name, BarChart.grouped($0.items), BarChart.grouped($0.hits),
          BarChart.grouped($0.removed),
        ]
      }, caption: "Records that are like items of benchmarks; those of the test split stay")
  }

  /// What the rows of splits have in common, and how alike the most alike are.
  private func writeLeaks(into html: inout HTMLText) {
    guard !dataset.leaks.pairs.isEmpty else { return }
    html.table(
      ["split", "compared with", "same request", "same answer", "same row", "near-duplicates"],
      dataset.leaks.pairs.map { pair in
        [pair.against.rawValue, pair.split.rawValue]
          + [LeakReport.Measure.sameInput, .sameLongOutput, .copies, .near].map {
            BarChart.grouped(pair.counts[$0].against)
          }
      }, caption: "Rows of a split that have a like in another; proof.json says where")
    guard let highest = dataset.leaks.highest else { return }
    html.element(
      "p",
      "The most alike rows of two splits have a similarity of "
        + "\(DecimalText.fourDecimals(highest.similarity)).")
  }

  private func writeFiles(into html: inout HTMLText) {
    html.element("h2", "Files")
    html.table(
      ["file", "rows", "bytes"],
      manifest.files.sorted { $0.path.precedes($1.path) }.map {
        [$0.path, $0.rows.map(BarChart.grouped) ?? "", BarChart.grouped($0.bytes)]
      }, caption: "What was written; the digests are in manifest.json")
  }

  /// A bar for each name, the longest first.
  private static func bars(of counts: [String: Int], color: Int) -> [BarChart.Bar] {
    counts.sorted { $0.value == $1.value ? $0.key.precedes($1.key) : $0.value > $1.value }.map {
      BarChart.Bar(label: $0.key, parts: [.init(color: color, name: $0.key, value: $0.value)])
    }
  }
}

extension HTMLText {
  /// Writes a name with its value.
  fileprivate mutating func fact(_ name: String, _ value: String, class style: String = "") {
    element("div") { pair in
      pair.element("dt", name)
      pair.element("dd", value, attributes: style.isEmpty ? "" : "class=\"\(style)\"")
    }
  }
}
