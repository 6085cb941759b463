import Testing

@testable import Deidentification

@Suite struct NameLabelRecognizerTests {
  @Test(arguments: [
    ("Apellidos: Soto Lara.\nNHC: 1", "Soto Lara"),
    ("Nombre: María del Mar. Edad: 5", "María del Mar"),
    ("Médico: J. Soto  NºCol: 1", "J. Soto"), ("Nom : Petit\nPrénom : Luc", "Petit"),
    ("氏名：山田 太郎、男", "山田 太郎"), ("患者姓名：王芳，女", "王芳"), ("Nachname: Müller-Weiß", "Müller-Weiß"),
  ])
  func `names after labels are found`(text: String, name: String) {
    #expect(found(text, by: NameLabelRecognizer()).first == "NAME \(name)")
  }

  @Test(arguments: ["nombre: ninguno", "Apellidos: NHC: 5", "氏名：", "Nom scientifique", "médico y"])
  func `labels without a name stay`(text: String) {
    #expect(found(text, by: NameLabelRecognizer()).isEmpty)
  }
}
