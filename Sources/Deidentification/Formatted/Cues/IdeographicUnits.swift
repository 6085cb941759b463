/// Words right after numbers that make them measures.
enum IdeographicUnits {
  static func isUnit(_ index: Int, in text: MatchText) -> Bool {
    guard let token = text.token(index) else { return false }
    return units.contains { text.bytes[token.range].starts(with: $0.utf8) }
  }

  private static let units = [
    "年", "月", "日", "天", "歳", "才", "岁", "回", "次", "名", "人", "例", "個", "个", "分", "時", "时", "週", "周",
    "円", "元", "床", "錠", "片", "単位", "单位", "倍", "万", "億",
  ]
}
