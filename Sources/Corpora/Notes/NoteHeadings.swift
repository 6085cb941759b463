/// The headings of clinical notes that are known by name, in lower case.
enum NoteHeadings {
  /// Heading → code, one of the 20 of MTS-Dialog (its README, 2023).
  static let codes: [String: String] = Dictionary(
    byCode.flatMap { code, headings in headings.map { ($0, code) } },
    uniquingKeysWith: { first, _ in first })

  /// Headings that none of the codes fits.
  static let uncoded: Set = [
    "s", "o", "admission date", "discharge date", "date of birth", "sex", "service", "subjective",
    "objective", "hospital course", "brief hospital course",
    "hospital course by system", "hospital course by problem", "summary of hospital course",
    "discharge condition", "condition on discharge", "condition at discharge",
    "discharge instructions", "followup instructions", "follow-up instructions",
    "facility", "addendum", "indication", "indications", "comparison", "technique",
    "reason for exam",
    "reason for examination", "medical condition", "final report", "wet read", "consultation",
    "consults", "code status", "communication", "attending", "diet", "activity", "summary",
    "underlying medical condition", "reason for this examination", "notification",
  ]

  /// Whether a heading, in lower case, is one of those known by name.
  static func isKnown(_ name: String) -> Bool { codes[name] != nil || uncoded.contains(name) }

  /// Headings that share their line with a second one, and that one.
  static let formPairs = [
    "name": "unit no", "admission date": "discharge date", "date of birth": "sex",
  ]

  /// British shorthand, as written, which a dash may follow instead of a colon.
  static let shorthand: Set = [
    "PC", "HPC", "PMH", "PMHx", "PSH", "DH", "DHx", "SH", "SHx", "FH", "FHx", "S/E", "O/E", "Hx",
    "Ix", "Dx", "Imp", "Plan",
  ]

  /// Words in capitals that label a value or a prescription, not a section.
  static let labels: Set = [
    "disp", "dispense", "sig", "refills", "qty", "quantity", "dose", "route", "date", "time",
    "name",
    "phone", "dictated by", "signed by", "electronically signed by",
  ]

  private static let byCode: [(String, [String])] = [
    (
      "CC",
      [
        "chief complaint", "chief complaints", "cc", "c/c", "pc", "presenting complaint",
        "reason for visit",
      ]
    ),
    (
      "GENHX",
      [
        "history of present illness", "history of the present illness", "hpi", "cc/hpi", "hpc",
        "hx",
        "present illness",
        "history of presenting illness", "interval history", "history",
      ]
    ),
    (
      "PASTMEDICALHX",
      ["past medical history", "pmh", "pmhx", "medical history", "past medical hx", "pmh/psh"]
    ),
    (
      "PASTSURGICAL",
      [
        "past surgical history", "psh", "pshx", "surgical history", "past surgeries",
        "previous surgeries",
      ]
    ),
    (
      "FAM/SOCHX",
      [
        "social history", "family history", "family and social history", "social hx", "family hx",
        "sh", "fh", "famhx", "sochx", "soc hx", "fam hx", "shx", "fhx", "fam/sochx",
        "family/social history", "habits",
      ]
    ),
    ("ALLERGY", ["allergies", "allergy", "drug allergies", "allergies to medications"]),
    (
      "MEDICATIONS",
      [
        "medications", "current medications", "home medications", "medications on admission",
        "admission medications", "discharge medications", "medications on discharge",
        "medications at home", "outpatient medications", "meds", "current meds", "drug history",
        "dh", "dhx",
        "medications prior to admission", "medications on transfer",
      ]
    ),
    ("ROS", ["review of systems", "ros", "systems review", "systems enquiry", "s/e"]),
    (
      "EXAM",
      [
        "physical exam", "physical examination", "exam", "examination", "on examination", "o/e",
        "obs", "vit", "pe", "vital signs",
        "vitals",
        "physical exam on admission", "physical examination on admission", "admission exam",
        "discharge exam", "physical exam on discharge",
      ]
    ),
    (
      "LABS",
      [
        "labs", "investigations", "ix", "laboratory data", "laboratory", "laboratory results",
        "lab results",
        "pertinent results", "laboratory studies", "admission labs", "discharge labs", "lab data",
      ]
    ),
    (
      "IMAGING",
      ["imaging", "radiology", "imaging studies", "radiologic studies", "findings", "studies"]
    ),
    (
      "PROCEDURES",
      [
        "procedure", "procedures", "major surgical or invasive procedure", "procedures performed",
        "operation", "operations",
      ]
    ),
    (
      "DIAGNOSIS",
      [
        "diagnosis", "diagnoses", "dx", "discharge diagnosis", "discharge diagnoses",
        "final diagnosis",
        "final diagnoses", "admission diagnosis", "admitting diagnosis", "principal diagnosis",
        "preoperative diagnosis", "postoperative diagnosis", "secondary diagnoses",
        "secondary diagnosis", "primary diagnosis",
      ]
    ),
    (
      "ASSESSMENT",
      [
        "assessment", "impression", "impressions", "assessment and plan", "assessment & plan",
        "assessment/plan", "a/p", "a&p", "a & p", "impression and plan", "impression/plan",
        "clinical impression", "imp", "a",
      ]
    ),
    ("PLAN", ["plan", "plans", "p", "recommendations", "treatment plan", "plan of care"]),
    ("DISPOSITION", ["disposition", "discharge disposition"]),
    (
      "EDCOURSE",
      ["ed course", "emergency department course", "emergency room course", "er course"]
    ),
    ("IMMUNIZATIONS", ["immunizations", "immunization", "vaccinations", "immunisations"]),
    (
      "GYNHX",
      ["gynecologic history", "gyn history", "ob/gyn history", "obstetric history", "ob history"]
    ),
    (
      "OTHER_HISTORY",
      ["other history", "past psychiatric history", "psychiatric history", "birth history"]
    ),
  ]
}
