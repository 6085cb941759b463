/// Why nothing may be de-identified: the rules do not find what they should.
package enum IdentifierSelfTestError: Error, Equatable, CustomStringConvertible {
  case missed(kind: IdentifierClass, example: Int)

  package var description: String {
    switch self {
    case .missed(let kind, let example):
      "the self-test of de-identification failed: example \(example) of class \(kind.rawValue) was "
        + "not found; nothing was written"
    }
  }
}
