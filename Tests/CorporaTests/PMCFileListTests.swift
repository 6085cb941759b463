import Formats
import Records
import Testing

@testable import Corpora

struct PMCFileListTests {
  private func list(_ text: String, path: String = "x.filelist.csv") throws -> PMCFileList {
    var list = PMCFileList()
    var entry = BufferedEntry(path: path, bytes: Array(text.utf8))
    try list.read(&entry)
    return list
  }

  private func entry(_ number: String, in list: PMCFileList) throws -> PMCFileList.Entry? {
    list[try #require(PMCID(number))]
  }

  @Test(arguments: [
    "File,Article Citation,Accession ID,Last Updated (YYYY-MM-DD HH:MM:SS),PMID,License\n"
      + "oa_package/aa/bb/PMC7.tar.gz,J. 2001,PMC7,,PMID:12,CC BY-NC\n",
    "Article File,Article Citation,AccessionID,LastUpdated (YYYY),PMID,License,Retracted\n"
      + "PMC000xxxxxx/PMC7.xml,J. 2001,PMC7,,12,CC BY-NC,no\n",
    "Key,ETag,Article Citation,AccessionID,Last Updated UTC (YYYY),PMID,License,Retracted\n"
      + "oa_noncomm/xml/all/PMC7.xml,0a,J. 2001,PMC7,,12,CC BY-NC,no\n",
  ])
  func `columns are found by name in every layout`(text: String) throws {
    let found = try #require(try entry("7", in: list(text)))
    #expect(found.pmid == "12")
    #expect(found.license == .ccByNC)
    #expect(!found.isRetracted)
  }

  @Test func `a later list fills in what an earlier one lacks`() throws {
    var list = try list("AccessionID,PMID,License,Retracted\nPMC7,,CC BY,no\nPMC8,0,none,yes\n")
    var more = BufferedEntry(
      path: "PMC-ids.csv", bytes: Array("PMCID,PMID\nPMC7,12\nPMC9,13\n".utf8))
    try list.read(&more)
    #expect(try entry("PMC7", in: list)?.pmid == "12")
    #expect(try entry("PMC7", in: list)?.license == .ccBy)
    #expect(try entry("PMC8", in: list)?.pmid == nil)
    #expect(try entry("PMC8", in: list)?.isRetracted == true)
    #expect(try entry("pmc9", in: list)?.pmid == "13")
    #expect(try entry("10", in: list) == nil)
  }

  @Test func `metadata of the cloud is a list of one`() throws {
    let json = #"{"pmcid": "PMC7", "pmid": 12, "license_code": "CC0", "is_retracted": true}"#
    let found = try entry("7", in: list(json, path: "metadata/PMC7.1.json"))
    #expect(found?.pmid == "12")
    #expect(found?.license == .cc0)
    #expect(found?.isRetracted == true)
  }

  @Test func `a list without PMCIDs is an error that names the column`() throws {
    let error = try #require(throws: Diagnostic.self) { try list("File,License\na,CC BY\n") }
    #expect(error.message.contains("AccessionID"))
    #expect(throws: Diagnostic.self) { try list("{}", path: "PMC7.1.json") }
  }

  @Test(arguments: [
    ("oa_file_list.csv", true), ("oa_comm_xml.PMC000xxxxxx.baseline.2025.filelist.csv", true),
    ("PMC-ids.csv.gz", true), ("metadata/PMC7.1.json", true), ("PMC7/supplement.csv", false),
    ("PMC7.1/data.json", false), ("__MACOSX/oa_file_list.csv", false),
  ])
  func `lists are known by their names`(path: String, isList: Bool) {
    #expect(PMCFileList.isList(path: path) == isList)
  }
}
