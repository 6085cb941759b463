import Testing

@testable import Deidentification

@Suite struct NetworkRecognizerTests {
  @Test(arguments: [
    ("mail jo.doe+x@mail.example.co.uk.", "jo.doe+x@mail.example.co.uk"),
    ("<a_b-c@example.org>", "a_b-c@example.org"), ("(x@example.com)", "x@example.com"),
    ("jo@\nexample.com", "jo@\nexample.com"), ("ｊｏ＠example.com", "ｊｏ＠example.com"),
    ("jdoe [at] example [dot] com now", "jdoe [at] example [dot] com"),
    ("jdoe at example dot com", "jdoe at example dot com"), ("メールjo@example.jpです", "jo@example.jp"),
  ])
  func `e-mail addresses are found`(text: String, address: String) {
    #expect(found(text, by: EmailRecognizer()) == ["EMAIL \(address)"])
  }

  @Test(arguments: ["seen @ 10:30", "2 tabs @ bedtime", "@home", "a@b", "5 mg @ 8.30"])
  func `other uses of the sign stay`(text: String) {
    #expect(found(text, by: EmailRecognizer()).isEmpty)
  }

  @Test(arguments: [
    ("see https://www.example.si/a?b=c.", "https://www.example.si/a?b=c"),
    ("www.example.de is", "www.example.de"), ("at example.org/~jo, or", "example.org/~jo"),
    ("on my-clinic.com", "my-clinic.com"), ("at example.co.uk", "example.co.uk"),
    ("ftp://10.0.0.1/x", "ftp://10.0.0.1/x"),
  ])
  func `web addresses are found`(text: String, address: String) {
    #expect(found(text, by: URLRecognizer()) == ["URL \(address)"])
  }

  @Test(arguments: [
    "p.o. daily", "e.g. this", "i.e. that", "pain.He left", "q.i.d", "well.Care was", "HLA-B.27",
    "a.m. and", "stable.In clinic", "no.1", "St.John", "b.com",
  ])
  func `abbreviations and missing blanks stay`(text: String) {
    #expect(found(text, by: URLRecognizer()).isEmpty)
  }

  @Test(arguments: [
    ("from 192.0.2.17.", "IP_ADDRESS 192.0.2.17"), ("|106.31.73.20|", "IP_ADDRESS 106.31.73.20"),
    ("2001:db8:85a3::8a2e:370:7334", "IP_ADDRESS 2001:db8:85a3::8a2e:370:7334"),
    (
      "2001:0db8:0000:0000:0000:8a2e:0370:7334",
      "IP_ADDRESS 2001:0db8:0000:0000:0000:8a2e:0370:7334"
    ),
    ("MAC 00:1B:44:11:3A:B7", "DEVICE 00:1B:44:11:3A:B7"),
    ("00-1b-44-11-3a-b7", "DEVICE 00-1b-44-11-3a-b7"),
  ])
  func `addresses of machines are found`(text: String, address: String) {
    #expect(found(text, by: NetworkAddressRecognizer()) == [address])
  }

  @Test(arguments: [
    "version 1.2.3.4", "1.2.3", "300.1.1.1", "10:30:15", "1:2:3", "a::b", "12-34-56-78",
    "ratio 1:1:2:1",
    "1.2.3.4.5",
  ])
  func `times, versions and ratios stay`(text: String) {
    #expect(found(text, by: NetworkAddressRecognizer()).isEmpty)
  }
}
