/// Codes of publications, trials, genes and products: public knowledge.
enum PublicCodes {
  /// Words before codes that are public.
  static let words = WordSet(
    """
    pmid pmcid pubmed pmc doi nct trial trials gene entrez uniprot ensembl cas omim grant award
    catalog catalogue isbn issn icd cpt loinc snomed rxnorm ndc chembl drugbank pubchem refseq
    genbank geo arxiv clinicaltrials eudract isrctn gov hgnc dbsnp pdb ec cid atc umls cui mesh
    version section
    """)

  /// Whether a code begins as public ones do.
  static func isAhead(at index: Int, in text: MatchText) -> Bool {
    prefixes.contains(text.key(index))
  }

  private static let prefixes = WordSet(
    """
    nct pmc pmid gse gsm nm np nc xm xp isrctn rs ensg enst chembl prjna srr srp eudract chictr umin
    jrct actrn drks ctri kct tctr rrid doi egas phs
    """)
}
