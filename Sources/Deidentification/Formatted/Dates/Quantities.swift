/// Words after numbers that are measures and counts.
enum Quantities {
  static let words = WordSet(
    """
    mg mcg g kg ug ng ml dl l cc cm mm m mmol meq iu u unit units tab tabs tablet tablets cap caps
    capsule capsules drop drops puff puffs dose doses mmhg bpm lb lbs oz inch inches ft percent x
    times hours hrs hr h min mins minutes days weeks months years cases patients subjects people
    participants of strength pain murmur scale points positive negative nodes eyes strokes systolic
    diastolic ratio dilution mgs mls kcal ppm rpm hz mv ma gy cgy french fr gauge ga cups sites
    levels segments vessels quadrants limbs extremities teeth ribs comprimidos dosis horas dias
    semanas meses veces casos pacientes
    """)
}
