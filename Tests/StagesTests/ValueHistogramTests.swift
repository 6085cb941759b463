import Testing

@testable import Stages

struct ValueHistogramTests {
  private func histogram(_ values: [Double], _ unit: Measure.Unit = .count) -> ValueHistogram {
    var histogram = ValueHistogram(of: unit)
    for value in values { histogram.add(value) }
    return histogram
  }

  @Test func `percentiles are the nearest ranks`() {
    let quantiles = histogram((1...200).map(Double.init)).quantiles
    #expect(quantiles == [2, 10, 20, 50, 100, 150, 180, 190, 198])
    #expect(histogram([7]).quantiles == Array(repeating: 7, count: 9))
    #expect(histogram([]).quantiles == [])
  }

  @Test func `fractions are told to four decimals`() {
    let values = histogram([0.1234, 0.5, 0.5001], .share)
    #expect(values.quantiles[4] == 0.5)
    #expect(values.minimum == 0.1234)
    #expect(values.maximum == 0.5001)
  }

  @Test func `large numbers are told within a thousandth`() {
    let numbers = (0..<500).map { Double(5000 + $0 * 977) }
    let quantiles = histogram(numbers).quantiles
    for (percent, value) in zip(ValueHistogram.percentiles, quantiles) {
      let exact = numbers[max(1, (500 * percent + 99) / 100) - 1]
      #expect(abs(value - exact) <= exact / 1000, "p\(percent)")
    }
  }

  @Test func `parts add up to the same in any order`() {
    var random = SplitMix64(seed: 5)
    let values = (0..<900).map { _ in Double(Int.random(in: 0..<20_000, using: &random)) }
    let parts = [values[..<100], values[100..<101], values[101...]].map { histogram(Array($0)) }
    for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
      var sum = ValueHistogram(of: .count)
      for place in order { sum += parts[place] }
      #expect(sum == histogram(values))
    }
  }
}

struct DistinctCountTests {
  private func hash(_ number: Int) -> UInt64 { Mix.fold(UInt64(number) ^ Mix.first, Mix.second) }

  @Test func `counts are exact up to the limit`() {
    var count = DistinctCount()
    for number in 0..<DistinctCount.exactLimit { count.insert(hash(number % 1000)) }
    #expect(count.count == 1000)
    for number in 0..<DistinctCount.exactLimit { count.insert(hash(number)) }
    #expect(count.isExact)
    #expect(count.count == DistinctCount.exactLimit)
  }

  @Test func `above it they are estimates, the same however they were gathered`() {
    let total = 200_000
    var whole = DistinctCount()
    for number in 0..<total { whole.insert(hash(number)) }
    var parts = (0..<7).map { _ in DistinctCount() }
    for number in 0..<total { parts[number % 7].insert(hash(number)) }
    var sum = DistinctCount()
    for part in parts.reversed() { sum += part }
    #expect(!whole.isExact)
    #expect(abs(whole.count - total) < total / 50)
    #expect(sum == whole)
  }
}
