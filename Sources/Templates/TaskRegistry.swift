/// Every task, in the order that `materia tasks` and the README's table list them.
package enum TaskRegistry {
  package static let all: [TrainingTask] = [
    .questionAnswering,
    .longFormQA,
    .yesNoMaybeQA,
    .listQA,
    .factoidQA,
    .extractiveQA,
    .multipleChoiceQA,
    .summarisation,
    .simplification,
    .translation,
    .generation,
    .titleGeneration,
    .conclusionGeneration,
    .sectionGeneration,
    .noteSummarisation,
    .noteGeneration,
    .dialogueResponse,
    .noteSectionGeneration,
    .classification,
    .naturalLanguageInference,
    .textPair,
    .sequenceClassification,
    .semanticSimilarity,
    .entityExtraction,
    .entityNormalisation,
    .relationExtraction,
    .relationClassification,
    .deIdentification,
    .passageRelevance,
    .passageRetrieval,
    .preTrainingText,
    .instructionFollowing,
  ]

  /// The task of that name.
  package static func task(named name: String) -> TrainingTask? { all.first { $0.name == name } }
}
