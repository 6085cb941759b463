import Formats

/// The `adapter_config.json` that peft loads: the untrained adapter beside the data.
///
/// Only the keys that say something are written: peft drops keys it does not know with no more than
/// a warning, and infers sizes from the model when it attaches the adapter.
package protocol AdapterConfig: Sendable {
  /// The kebab-case name that recipes use, and the adapter's folder.
  static var name: String { get }
  static var title: String { get }
  /// The settings of a recipe that names the adapter and no more.
  static var defaults: AdapterSettings { get }

  var learningRate: Double { get }
  /// The positions of the context that the adapter takes up.
  var virtualTokens: Int { get }
  /// Whether the trainer may recompute activations to save memory.
  var allowsGradientCheckpointing: Bool { get }

  /// Writes the members of the configuration into an object that was begun.
  func writeMembers(into json: inout JSONWriter)
}

extension JSONWriter {
  /// Writes what every untrained adapter of a causal language model says.
  mutating func adapterHead(_ peftType: String, baseModel: String) {
    member("peft_type", peftType)
    member("task_type", "CAUSAL_LM")
    member("base_model_name_or_path", baseModel)
    member("inference_mode", false)
  }
}

extension AdapterConfig {
  package var name: String { Self.name }

  /// The bytes of `adapter_config.json`.
  package var file: [UInt8] {
    var json = JSONWriter(layout: .pretty)
    json.beginObject()
    writeMembers(into: &json)
    json.endObject()
    json.newline()
    return json.take()
  }
}
