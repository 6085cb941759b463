import Records
import Testing

@testable import Archives

struct SHA256Tests {
  // FIPS 180-4, examples.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
  ])
  func `gives the published digests`(text: String, digest: String) {
    #expect(SHA256.hex(of: Array(text.utf8)) == digest)
  }

  @Test func `takes bytes in pieces`() {
    let hash = SHA256()
    for byte in "abc".utf8 { hash.update([byte]) }
    #expect(hash.finalize() == SHA256.hex(of: Array("abc".utf8)))
  }

  @Test func `digests a file as it is on disk`() throws {
    let folder = try ScratchFolder()
    let bytes = noise(700_000)
    let path = try folder.write("a.bin", bytes)
    let digest = try FileDigest.sha256(path: path)
    #expect(digest.hex == SHA256.hex(of: bytes))
    #expect(digest.bytes == 700_000)
  }

  @Test func `names the file that is missing`() {
    let error = #expect(throws: ArchiveError.self) {
      try FileDigest.sha256(path: "/nonexistent/a.gz", displayPath: "a.gz")
    }
    #expect(error?.description == "error: cannot open 'a.gz': no such file")
  }
}
