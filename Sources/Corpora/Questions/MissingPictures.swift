import Records

/// What becomes of questions whose picture is not in the corpus.
enum MissingPictures: String, CaseIterable {
  case reject
  case keep

  static let option = ReaderOption(
    "pictures", "reject", "`keep` takes questions whose picture is not there")

  /// What tells a question that was kept.
  static let tag = Tag("picture", "missing")
}
