import Records
import Testing

struct LedgerTests {
  @Test func `a source balances when all it read was written or rejected`() {
    var ledger = Ledger()
    ledger["notes"].read = 5
    ledger["notes"].written = 2
    ledger["notes"].reject(.tooShort, count: 2)
    #expect(ledger.unbalancedSources == ["notes"])
    ledger["notes"].reject(.nearDuplicate)
    #expect(ledger.unbalancedSources.isEmpty)
    #expect(ledger["notes"].rejectedTotal == 3)
  }

  @Test func `one source's surplus does not make up for another's loss`() {
    var ledger = Ledger()
    ledger["a"].read = 1
    ledger["b"].written = 1
    #expect(ledger.total.isBalanced)
    #expect(ledger.unbalancedSources == ["a", "b"])
  }

  @Test func `accounts add up, reason by reason`() {
    var first = Ledger.Account()
    first.read = 3
    first.reject(.malformed)
    var second = Ledger.Account()
    second.read = 4
    second.written = 1
    second.withdrawals = 2
    second.reject(.malformed, count: 2)
    second.reject(.tooLong)
    first += second
    #expect(first.read == 7)
    #expect(first.written == 1)
    #expect(first.withdrawals == 2)
    #expect(first.rejected == [.malformed: 3, .tooLong: 1])
  }

  @Test func `withdrawals are not part of the sum`() {
    var account = Ledger.Account()
    account.withdrawals = 9
    #expect(account.isBalanced)
  }

  @Test func `sources come in byte order and reasons in the contract's order`() {
    var ledger = Ledger()
    for name in ["b", "Z", "a", "é"] { ledger[name].read = 1 }
    #expect(ledger.sources == ["Z", "a", "b", "é"])
    var account = Ledger.Account()
    for reason in Rejection.Reason.allCases.reversed() { account.reject(reason) }
    #expect(account.reasons.map(\.reason) == Rejection.Reason.allCases)
  }
}
