/// Codes after the Japanese and Chinese words that name them: `カルテ番号：12345`, `住院号123456`.
package struct EastAsianCueRecognizer: IdentifierRecognizer {
  package var classes: Set<IdentifierClass> { Set(Self.cues.map(\.kind)) }
  package var languages: Set<String> { ["ja", "zh"] }

  package init() {}

  package func identifiers(in text: MatchText) -> [Identifier] {
    guard text.hasIdeographs else { return [] }
    return text.tokens.indices.compactMap { index in
      guard text.tokens[index].kind == .word, text.isIdeographic(index),
        let start = start(after: index, in: text)
      else { return nil }
      return identifier(after: index, at: start.index, isMarked: start.isMarked, in: text)
    }
  }

  private func identifier(
    after cue: Int, at start: Int, isMarked: Bool, in text: MatchText
  ) -> Identifier? {
    let reader = CodeReader(text: text)
    guard let code = reader.code(at: start), code.digits >= 3,
      !text.isAttached(code.tokens.upperBound + 1)
        || !IdeographicUnits.isUnit(code.tokens.upperBound + 1, in: text),
      let kind = kind(of: cue, isMarked: isMarked, in: text)
    else { return nil }
    let whole = reader.extended(code) { _, next in text.length(next) >= 3 }
    return text.identifier(kind, whole.tokens, rule: "code-with-cue")
  }

  private func start(after cue: Int, in text: MatchText) -> (index: Int, isMarked: Bool)? {
    var index = cue + 1
    var isMarked = false
    while index < cue + 5, text.isMark(index, in: ":#.-=") || Self.links.contains(text.key(index)) {
      isMarked = true
      index += 1
    }
    return text.isNumber(index) || (text.isWord(index) && !text.isIdeographic(index))
      ? (index, isMarked) : nil
  }

  /// The class that the end of a word tells: its stem, and that `番号`, `号` or a mark follows.
  private func kind(of index: Int, isMarked: Bool, in text: MatchText) -> IdentifierClass? {
    var word = text.bytes[text.tokens[index].range]
    for particle in Self.particles where word.hasSuffix(particle) {
      word = word.dropLast(particle.utf8.count)
      break
    }
    if word.elementsEqual("記号".utf8) { return .healthPlanNumber }
    if word.elementsEqual("番号".utf8) { return .uniqueIdentifier }
    var isNumber = isMarked
    for ending in Self.endings where word.hasSuffix(ending) {
      word = word.dropLast(ending.utf8.count)
      isNumber = true
      break
    }
    guard isNumber else { return nil }
    return Self.cues.first { _, stems in stems.contains { word.hasSuffix($0) } }?.kind
  }

  private static let links = WordSet("no id")
  private static let particles = ["は", "が", "の", "为", "是", "為", "を"]
  private static let endings = ["号码", "號碼", "番号", "第", "编号", "ID", "id", "号", "號", "ナンバー", "コード"]

  private static let cues: [(kind: IdentifierClass, stems: [String])] = [
    (
      .medicalRecordNumber,
      [
        "カルテ", "診察券", "患者", "病歴", "診療録", "住院", "病历", "病歷", "门诊", "門診", "病案",
        "就诊", "就诊卡", "登记", "健康卡", "急诊", "入院",
      ]
    ),
    (
      .healthPlanNumber,
      [
        "保険証", "被保険者証", "被保険者", "保険者", "保険", "記号", "医保", "医保卡", "社保", "社会保障", "医疗保险", "受給者",
        "公費負担者",
      ]
    ),
    (.license, ["運転免許証", "運転免許", "医師免許", "医籍登録", "麻薬施用者", "驾驶证", "执业证", "执业证书"]),
    (.account, ["口座", "银行卡", "银行账", "账", "クレジットカード", "カード", "信用卡", "卡"]),
    (.vehicle, ["车牌", "車両", "車牌"]),
    (.device, ["シリアル", "製造", "序列", "机身"]),
    (
      .uniqueIdentifier,
      [
        "マイ", "個人", "身份证", "身分證", "证件", "護照", "护照", "パスポート", "旅券", "検体", "标本", "条码",
        "微信", "受付", "会員", "学籍", "学", "工", "社員", "職員", "検査", "检查", "影像", "病理", "登録", "識別", "病人",
      ]
    ),
  ]
}

extension ArraySlice<UInt8> {
  func hasSuffix(_ words: String) -> Bool { suffix(words.utf8.count).elementsEqual(words.utf8) }
}
