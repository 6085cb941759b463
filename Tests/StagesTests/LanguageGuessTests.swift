import Testing

@testable import Stages

struct LanguageGuessTests {
  @Test(arguments: [
    (
      "en", "The patient was admitted to the hospital with pain in the chest and was given aspirin."
    ),
    ("de", "Der Patient wurde mit Schmerzen in der Brust in das Krankenhaus aufgenommen."),
    ("fr", "Le patient a été admis à l'hôpital avec une douleur dans la poitrine et des nausées."),
    (
      "es",
      "El paciente ingresó en el hospital con dolor en el pecho y se le dio aspirina por la noche."
    ),
    ("it", "Il paziente è stato ricoverato in ospedale con un dolore al petto e non ha la febbre."),
    ("pt", "O paciente foi internado no hospital com dor no peito e não tem febre desde a noite."),
    ("nl", "De patiënt werd met pijn op de borst in het ziekenhuis opgenomen en is niet ziek."),
    ("ja", "患者は胸の痛みのために入院した。"),
    ("zh", "患者因胸痛入院治疗。"),
    ("ko", "환자는 가슴 통증으로 입원했다."),
    ("ru", "Больной поступил с болью в груди."),
    ("el", "Ο ασθενής εισήχθη με πόνο στο στήθος."),
    ("th", "ผู้ป่วยมีอาการเจ็บหน้าอก"),
  ])
  func `tells languages by script and function words`(language: String, text: String) {
    #expect(LanguageGuess.language(of: text) == language)
  }

  @Test(arguments: ["", "12.5 mg/dL", "Aspirin 81 mg", "de la", "Pneumonia, sepsis, hypotension"])
  func `says nothing when unsure`(text: String) {
    #expect(LanguageGuess.language(of: text) == nil)
  }
}
