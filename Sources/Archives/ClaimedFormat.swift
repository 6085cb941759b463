/// What a name promises about its content.
enum ClaimedFormat {
  /// The format that a name's ending stands for: `tar` for `a.tar`, `gzip` for `a.tgz`.
  static func of(_ name: String) -> String? {
    let name = name.lowercased()
    if name.hasSuffix(".zipx") { return Container.Format.zip.rawValue }
    if let container = Container.Format.allCases.first(where: { name.hasSuffix(".\($0.rawValue)") })
    {
      return container.rawValue
    }
    return Compression.allCases.first { compression in
      compression.suffixes.contains { name.hasSuffix($0.ending) }
    }?.rawValue
  }
}
