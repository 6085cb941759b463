import Records

/// Every corpus that can be read, in the order that lists show them.
package enum CorpusRegistry {
  /// A new reader is one line here.
  package static let readers: [any CorpusReader.Type] = [
    PubMed.self,
    MEDLINE.self,
    PMCJATS.self,
    MIMICIIINotes.self,
    MIMICIVNotes.self,
    TextNotes.self,
    CCDA.self,
    HL7v2.self,
    MedQuAD.self,
    PubMedQA.self,
    MedQA.self,
    MMLU.self,
    MedMCQA.self,
    IgakuQA.self,
    FrenchMedMCQA.self,
    CMExam.self,
    HeadQA.self,
    CareQA.self,
    BioASQ.self,
    COVIDQA.self,
    LiveQA.self,
    MedicationQA.self,
    MeQSum.self,
    MTSDialog.self,
    ACIBench.self,
    PriMock57.self,
    MedDialog.self,
    ChineseMedicalDialogue.self,
    CMedQA2.self,
    ChatDoctor.self,
    MedicalMeadow.self,
    MedInstruct.self,
    HuaTuo.self,
    CMtMedQA.self,
    Huatuo26M.self,
    HuatuoGPTSFT.self,
    AlpacaCorpus.self,
    ShareGPTCorpus.self,
    MessagesCorpus.self,
    MEDS.self,
    FASTACorpus.self,
    DNABERT.self,
    PubTator.self,
    BioCXML.self,
    BioCJSON.self,
    Brat.self,
    Anafora.self,
    CoNLL.self,
    DDICorpus.self,
    ChemProt.self,
    ChemProtAbstracts.self,
    PGR.self,
    HallmarksOfCancer.self,
    BIOSSES.self,
    MEDIQARQE.self,
    MedNLI.self,
    SciFact.self,
    SciFactRetrieval.self,
    EvidenceInference.self,
    BEIR.self,
    FHIRBundles.self,
    FHIRNDJSON.self,
    SyntheaCSV.self,
    MIMICIV.self,
    MIMICIII.self,
    SQuAD.self,
    TableCorpus.self,
    JSONLinesCorpus.self,
    JSONCorpus.self,
    XMLCorpus.self,
    ParquetCorpus.self,
  ]

  package static let all: [CorpusFacts] = readers.map { $0.facts }

  /// The facts of the corpus of that name.
  package static func facts(named name: String) -> CorpusFacts? { all.first { $0.name == name } }

  /// The reader of a corpus, with what the recipe says to it.
  ///
  /// - Throws: `Diagnostic` when there is no such corpus or the options do not suit it.
  package static func reader(
    named name: String, options: ReaderOptions = ReaderOptions()
  ) throws -> any CorpusReader {
    if let reader = readers.first(where: { $0.facts.name == name }) {
      return try reader.init(options: options)
    }
    let names = all.map(\.name)
    throw Diagnostic(
      "there is no corpus '\(name)'; known are \(names.joined(separator: ", "))",
      hint: NearestName.hint(for: name, among: names))
  }
}
