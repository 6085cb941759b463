import Deidentification
import Testing

/// Names that stand for others.
struct SurrogateNamesTests {
  @Test func `a number always gives the same name`() {
    #expect(SurrogateNames.first(7, sex: .male) == SurrogateNames.first(7, sex: .male))
    #expect(SurrogateNames.last(0) != SurrogateNames.last(1))
    #expect(SurrogateNames.city(UInt64.max) == SurrogateNames.city(UInt64.max))
  }

  @Test func `a first name is of the sex that was asked for`() {
    for number in 0..<160 {
      let name = SurrogateNames.first(UInt64(number), sex: .female)
      #expect(SurrogateNames.sex(ofFirstName: name.uppercased()) == .female)
    }
    #expect(SurrogateNames.sex(ofFirstName: "Zzyzx") == nil)
  }

  @Test func `what stands for a name would be found itself`() {
    for number in 0..<40 as Range<UInt64> {
      let text = "Seen by Dr. \(SurrogateNames.first(number)) \(SurrogateNames.last(number * 7))."
      #expect(IdentifierScanner().identifiers(in: text).count == 1)
    }
  }
}
