import Records

/// A task of lm-evaluation-harness (0.4.13) for the held-out test split: the share of answers that are
/// the reference but for case and punctuation.
///
/// The harness takes paths from the folder that it is started in.
enum LMEvaluationTask: TrainerConfig {
  static let facts = TrainerFacts(
    name: "lm-eval", title: "lm-evaluation-harness task", dialects: ["prompt-completion"],
    trainsLoRA: false, command: "lm_eval --tasks NAME --include_path training/lm-eval")

  static let path = "training/lm-eval/task.yaml"

  static func file(for run: TrainingRun) -> [UInt8] {
    var yaml = YAMLWriter()
    yaml.comment("In the dataset's folder:")
    yaml.comment(
      "lm_eval --model hf --model_args pretrained=MODEL --tasks \(run.name) "
        + "--include_path training/lm-eval")
    yaml.member("task", run.name)
    yaml.member("dataset_path", run.format.loader)
    yaml.begin("dataset_kwargs")
    yaml.begin("data_files", indent: 2)
    yaml.member("test", run.paths(of: .test), indent: 4)
    yaml.member("test_split", "test")
    yaml.member("output_type", "generate_until")
    yaml.member("doc_to_text", Self.question)
    yaml.member("doc_to_target", Self.answer)
    yaml.begin("generation_kwargs")
    yaml.member("do_sample", false, indent: 2)
    yaml.member("max_gen_toks", min(1024, run.contextTokens / 2), indent: 2)
    yaml.member("until", ["\n\n"], indent: 2)
    yaml.begin("metric_list")
    yaml.item("metric", "exact_match", indent: 2)
    yaml.member("aggregation", "mean", indent: 4)
    yaml.member("higher_is_better", true, indent: 4)
    yaml.member("ignore_case", true, indent: 4)
    yaml.member("ignore_punctuation", true, indent: 4)
    yaml.begin("metadata")
    yaml.member("version", 1, indent: 2)
    return Array(yaml.text.utf8)
  }

  /// Both forms of prompt and completion: lists of messages, or texts.
  private static let question =
    "{{ prompt if prompt is string else prompt | map(attribute='content') | join('\n\n') }}"
  private static let answer =
    "{{ completion | trim if completion is string else completion[0]['content'] }}"
}
