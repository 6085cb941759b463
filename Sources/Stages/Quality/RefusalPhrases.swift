/// What assistants say when they decline: an answer that holds it teaches declining.
enum RefusalPhrases {
  static let finder = PhraseFinder([
    // English
    "as an ai language model", "as a language model", "as an ai assistant", "as an ai model",
    "as an ai developed by", "as an artificial intelligence", "i am an ai language model",
    "i'm an ai language model", "i am only an ai", "i'm just an ai", "i am just an ai",
    "i cannot assist with", "i can't assist with", "i cannot help with that",
    "i can't help with that", "i'm sorry, but i can't", "i'm sorry, but i cannot",
    "i am sorry, but i cannot", "i apologize, but i cannot", "i'm unable to provide medical advice",
    "i am unable to provide medical advice", "my knowledge cutoff",
    // Chinese
    "作为一个ai", "作为一名ai", "作为ai", "作为一个人工智能", "作为一名人工智能", "作为人工智能", "作为一个语言模型",
    "我是一个ai", "我是一个人工智能", "很抱歉，我无法提供", "抱歉，我不能提供",
    // Japanese
    "aiアシスタントとして", "ai言語モデルとして", "私はaiなので", "私はaiですので", "言語モデルとして",
    // Spanish
    "como modelo de lenguaje", "como un modelo de lenguaje", "como inteligencia artificial, no",
    "como asistente de ia", "lo siento, pero no puedo",
    // French
    "en tant que modèle de langage", "en tant que modèle linguistique",
    "en tant qu'intelligence artificielle", "en tant qu'ia", "en tant qu'assistant ia",
    "je suis désolé, mais je ne peux pas",
  ])
}
