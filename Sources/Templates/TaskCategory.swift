extension TrainingTask {
  /// The hub's id of what the task trains (`task_categories` of Hugging Face, 2026).
  package var category: String { Self.categories[name] ?? "text-generation" }

  /// The tasks that train something other than writing text.
  private static let categories: [String: String] = [
    "question-answering": "question-answering",
    "long-form-qa": "question-answering",
    "yes-no-maybe-qa": "question-answering",
    "list-qa": "question-answering",
    "factoid-qa": "question-answering",
    "extractive-qa": "question-answering",
    "multiple-choice-qa": "multiple-choice",
    "summarisation": "summarization",
    "simplification": "summarization",
    "translation": "translation",
    "title-generation": "summarization",
    "conclusion-generation": "summarization",
    "results-summarisation": "summarization",
    "note-summarisation": "summarization",
    "note-generation": "summarization",
    "ehr-summarisation": "summarization",
    "mesh-indexing": "text-classification",
    "keyword-extraction": "text-classification",
    "publication-typing": "text-classification",
    "classification": "text-classification",
    "natural-language-inference": "text-classification",
    "text-pair": "text-classification",
    "sequence-classification": "text-classification",
    "ehr-prediction": "text-classification",
    "next-diagnoses": "text-classification",
    "semantic-similarity": "sentence-similarity",
    "entity-extraction": "token-classification",
    "entity-normalisation": "token-classification",
    "relation-extraction": "token-classification",
    "relation-classification": "text-classification",
    "de-identification": "token-classification",
    "passage-relevance": "text-ranking",
    "passage-retrieval": "text-retrieval",
  ]
}
