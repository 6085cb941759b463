"""abstracts.xml.gz: PubMed citations of invented studies, in NLM's XML."""

import math
from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape

import material
from dice import Dice

FIRST_PMID = 99_000_001
RETRACTED = ("Knee osteoarthritis", "cohort")
DELETED = ("Kidney stones", "cohort")
# A PMID that a DeleteCitation names although no citation in the file has it.
DELETED_ELSEWHERE = 99_009_999
TWO_VERSIONS = ("Stroke", "trial")
EXACT_DUPLICATE = ("Celiac disease", "test")
# A second citation whose abstract differs in one phrase.
NEAR_DUPLICATES = [
    (("Heart failure", "Review"), "is safe when", "appears safe when"),
    (("Celiac disease", "Case Reports"), "for six years", "for seven years"),
    (("Stroke", "Review"), "We recommend asking", "We advise asking"),
]
# Language and title in that language; PubMed then puts the English title in brackets.
TRANSLATED = {
    ("Gout", "trial"): ("fre", "Prise en charge infirmière de la goutte : essai randomisé."),
    ("Osteoporosis", "cohort"): ("fre", "Retard d’injection du dénosumab et fractures vertébrales."),
    ("Shingles", "test"): ("fre", "PCR salivaire dans la paralysie faciale inexpliquée."),
    ("Gallstones", "cohort"): ("fre", "Perte de poids rapide et lithiase biliaire symptomatique."),
    ("Stroke", "cohort"): ("jpn", "脳卒中患者における嚥下評価の遅れと肺炎"),
    ("Parkinson disease", "test"): ("jpn", "レム睡眠行動異常症における嗅覚検査の有用性"),
    ("Hypertension", "test"): ("jpn", "診察室自動血圧測定の診断精度"),
    ("Psoriasis", "cohort"): ("ger", "Tüpfelnägel als Vorboten der Psoriasisarthritis."),
}
NO_ABSTRACT = [
    ("Editorial", "Counting steps, counting lives.", "Heart failure"),
    ("Letter", "Reply: bedtime levothyroxine and breakfast habits.", "Hypothyroidism"),
    ("Letter", "Damp walls and wheeze: a view from the building trade.", "Asthma"),
    ("Published Erratum", "Erratum to: Accuracy of a three-question screening form.", "Migraine"),
    ("Comment", "Short courses of antibiotics need stable patients.", "Pneumonia"),
    ("Historical Article", "The gouty foot in eighteenth-century caricature.", "Gout"),
]
JOURNALS = [
    ("Annals of Invented Medicine", "Ann Invent Med"), ("Journal of Plausible Trials", "J Plaus Trials"),
    ("Northern Archive of Clinical Practice", "North Arch Clin Pract"),
    ("The Harbour Medical Review", "Harbour Med Rev"), ("Bedside Evidence", "Bedside Evid"),
]
TYPES = {
    "Journal Article": "D016428", "Randomized Controlled Trial": "D016449", "Review": "D016454",
    "Case Reports": "D002363", "Observational Study": "D064888", "Letter": "D016422",
    "Editorial": "D016421", "Published Erratum": "D016425", "Comment": "D016420",
    "Historical Article": "D016456", "Retracted Publication": "D016441",
}
KIND_TYPES = {"trial": ["Randomized Controlled Trial"], "cohort": ["Observational Study"]}
KIND_MESH = {
    "trial": ("D016896", "Treatment Outcome"), "cohort": ("D015331", "Cohort Studies"),
    "test": ("D012680", "Sensitivity and Specificity"),
}
# Topics whose test finds disease but does not exclude it, and the other way round.
RULE_IN = {"Asthma", "Hypertension", "Rheumatoid arthritis", "Shingles", "Stroke", "Iron deficiency", "Celiac disease"}
RULE_OUT = {"Venous thrombosis", "Gallstones", "Hypothyroidism", "Gastroesophageal reflux", "COPD"}
LAYOUTS = [
    [("BACKGROUND", "BACKGROUND"), ("METHODS", "METHODS"), ("RESULTS", "RESULTS"), ("CONCLUSIONS", "CONCLUSIONS")],
    [("INTRODUCTION", "BACKGROUND"), ("PATIENTS AND METHODS", "METHODS"), ("FINDINGS", "RESULTS"), ("INTERPRETATION", "CONCLUSIONS")],
    [("OBJECTIVE", "OBJECTIVE"), ("DESIGN AND SETTING", "METHODS"), ("RESULTS", "RESULTS"), ("CONCLUSION", "CONCLUSIONS")],
    None,
]


@dataclass
class Citation:
    key: tuple
    title: str
    sections: list  # (label, category, XML text)
    heading: tuple
    types: list
    pmid: int = 0
    version: int = 1
    language: str = "eng"
    vernacular: str = ""
    copyright: bool = False
    mesh: list = field(default_factory=list)


def citations():
    """Every `PubmedArticle` of the file, in its order."""
    written = list(_studies()) + list(_reviews())
    written += [_duplicate(written, EXACT_DUPLICATE)]
    written += [_duplicate(written, key, old, new) for key, old, new in NEAR_DUPLICATES]
    written += list(_without_abstract())
    for number, citation in enumerate(written):
        citation.pmid = FIRST_PMID + number
    latest = next(c for c in written if c.key == TWO_VERSIONS)
    at = written.index(latest)
    first = replace(latest, sections=latest.sections[:-1])
    written[at] = replace(latest, version=2)
    return written[:at] + [first] + written[at:]


def entry():
    """The bytes of the XML file."""
    found = citations()
    deleted = next(c.pmid for c in found if c.key == DELETED)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
        '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">',
        "<PubmedArticleSet>",
        *(_article(citation) for citation in found),
        "  <DeleteCitation>",
        f'    <PMID Version="1">{deleted}</PMID>',
        f'    <PMID Version="1">{DELETED_ELSEWHERE}</PMID>',
        "  </DeleteCitation>",
        "</PubmedArticleSet>", "",
    ]
    return "\n".join(lines).encode()


def _studies():
    write = {"trial": _trial, "cohort": _cohort, "test": _test}
    for heading, lines in material.blocks("studies.txt"):
        for line in lines:
            kind, rest = line.split(":", 1)
            key = (heading[0], kind.strip())
            dice = Dice("/".join(key))
            title, texts = write[key[1]](dice, heading[0], *material.fields(rest, ";"))
            yield _citation(key, heading, title, _sections(dice, texts), dice)


def _citation(key, heading, title, sections, dice):
    language, vernacular = TRANSLATED.get(key, ("eng", ""))
    types = ["Journal Article", *KIND_TYPES.get(key[1], [])]
    types += ["Retracted Publication"] * (key == RETRACTED)
    return Citation(
        key, title if language == "eng" else f"[{title}]", sections, (heading[2], heading[1]),
        types, language=language, vernacular=vernacular, copyright=dice.between(1, 6) == 1,
        mesh=[KIND_MESH[key[1]]])


def _reviews():
    headings = {head[0]: head for head, _ in material.blocks("studies.txt")}
    for (kind, topic, title), text in material.pairs("reviews.txt"):
        head = headings[topic]
        yield Citation((topic, kind), title, [("", "", text)], (head[2], head[1]), ["Journal Article", kind])


def _without_abstract():
    headings = {head[0]: head for head, _ in material.blocks("studies.txt")}
    for kind, title, topic in NO_ABSTRACT:
        head = headings[topic]
        yield Citation((topic, kind), title, [], (head[2], head[1]), [kind])


def _duplicate(written, key, old="", new=""):
    original = next(c for c in written if c.key == key)
    sections = [(a, b, text.replace(old, new) if old else text) for a, b, text in original.sections]
    assert not old or sections != original.sections, old
    return replace(original, key=(*key, "again"), sections=sections)


def _sections(dice, texts):
    layout = dice.of(LAYOUTS)
    if layout is None:
        return [("", "", " ".join(texts))]
    return [(label, category, text) for (label, category), text in zip(layout, texts)]


def _trial(dice, topic, why, treatment, control, people, event, effect, conclusion):
    size, other, cases, controls, low, high = _arms(dice, effect)
    ratio = (cases / size) / (controls / other)
    sites, weeks = dice.between(6, 38), dice.of([12, 16, 26, 52])
    methods = dice.of([
        f"We randomly assigned {people} at {sites} sites, in a 1:1 ratio, to {treatment} or {control}. Allocation was concealed by a central web service, and assessors were unaware of it. The primary outcome was {event}, analysed by intention to treat.",
        f"In this multicentre, parallel-group trial, {people} received {treatment} or {control}. Random allocation was stratified by site and sex. We counted {event} as the primary outcome and adverse events as the main safety outcome.",
        f"Open-label trial with blinded assessment of outcomes at {sites} hospitals and practices. Participants were {people}. They were allocated by computer to {treatment} or to {control} and visited at baseline and {weeks} weeks. The main outcome was {event}.",
    ])
    old = "over 65" in people or "over 70" in people
    age = dice.between(74, 79) if old else dice.between(47, 64)
    profile = f" (mean age {age} years, {dice.between(36, 63)}% women)"
    if any(word in people for word in ("women", "adolescents")):
        profile = ""
    difference = "" if effect == "better" else " The difference was compatible with chance."
    results = dice.of([
        f"Between 2016 and 2021, {size + other} participants were enrolled{profile}. {_capital(event)} was recorded in {cases} of {size} assigned to {treatment} ({_share(cases, size)}) and in {controls} of {other} assigned to {control} ({_share(controls, other)}; risk ratio {ratio:.2f}, 95% CI {low:.2f} to {high:.2f}).{difference} Serious adverse events were equally frequent in both groups.",
        f"Of {size + other} participants randomised, {dice.between(91, 98)}% completed follow-up. The primary outcome was seen in {_share(cases, size)} ({cases}/{size}) with {treatment} against {_share(controls, other)} ({controls}/{other}) with {control}, a risk ratio of {ratio:.2f} (95% CI {low:.2f}–{high:.2f}).{difference} {dice.between(3, 9)}% in each group stopped treatment because of side effects.",
    ])
    title = f"{_capital(treatment)} versus {control} in {people}: a randomised trial."
    return title, [why, methods, results, conclusion]


def _cohort(dice, topic, why, exposure, event, people, direction, conclusion):
    total, share = dice.between(1400, 9800), dice.between(18, 41)
    exposed = total * share // 100
    years, rate = dice.between(21, 79) / 10, dice.between(5, 14) / 100
    hazard = dice.between(138, 205) / 100 if direction == "raises" else dice.between(58, 76) / 100
    with_event, without = round(exposed * rate * (1 + (hazard - 1) * 0.9)), round((total - exposed) * rate)
    spread = math.exp(1.96 * math.sqrt(1 / with_event + 1 / without))
    methods = dice.of([
        f"We followed {people} in linked national registers. The exposure of interest was {exposure}, and the outcome was {event}. Hazard ratios were adjusted for age, sex, smoking, body mass index and deprivation.",
        f"This prospective cohort enrolled {people} at {dice.between(3, 12)} centres. At baseline, a nurse recorded {exposure}; {event} was then ascertained every six months from interviews and records. Cox models took account of age, sex, comorbidity and medication.",
        f"Retrospective analysis of electronic records of {people}. Exposure was defined as {exposure} and the outcome as {event}. Overlap weights from a propensity score with {dice.between(17, 34)} covariates were used to balance the groups.",
    ])
    everyone = "across age groups" if people.startswith("women") else "in women and men"
    results = (
        f"Among {total:,} participants, {exposed:,} ({share}%) were exposed. During a median of {years} years, {event} was recorded in {with_event} of the exposed ({_share(with_event, exposed)}) and in {without} of the others ({_share(without, total - exposed)}). "
        f"The adjusted hazard ratio was {hazard:.2f} (95% CI {hazard / spread:.2f} to {hazard * spread:.2f}; <i>P</i> &lt; 0.05). "
        + dice.of([
            f"The association was similar {everyone} and robust to the exclusion of events in the first year.",
            "Restricting the analysis to participants with complete data gave the same picture.",
            "A negative control outcome showed no association, which argues against strong residual confounding.",
        ]))
    title = f"{_capital(exposure)} and the risk of {event}: a cohort study of {people}."
    return title, [why, methods, results, conclusion]


def _test(dice, topic, why, index, reference, people, conclusion):
    with_disease, without = dice.between(90, 260), dice.between(120, 420)
    sensitivity, specificity = dice.between(84, 92), dice.between(84, 93)
    if topic in RULE_IN:
        sensitivity, specificity = dice.between(58, 71), dice.between(90, 96)
    if topic in RULE_OUT:
        sensitivity, specificity = dice.between(95, 98), dice.between(58, 72)
    true_positive, true_negative = with_disease * sensitivity // 100, without * specificity // 100
    methods = dice.of([
        f"Consecutive {people} had {index} and, independently, the reference standard: {reference}. Readers did not know the result of the other method.",
        f"In a prospective diagnostic study we compared {index} with {reference} in {people}. Uninterpretable results were counted as positive, and agreement was assessed in a random tenth.",
    ])
    results = dice.of([
        f"The condition was present in {with_disease} of {with_disease + without} participants. Sensitivity was {_share(true_positive, with_disease)} ({true_positive}/{with_disease}) and specificity {_share(true_negative, without)} ({true_negative}/{without}). Agreement between readers was good (κ = 0.{dice.between(71, 88)}).",
        f"We included {with_disease + without} participants, of whom {with_disease} had the condition according to the reference standard. The test was positive in {true_positive} of these and negative in {true_negative} of the remaining {without}, giving a sensitivity of {_share(true_positive, with_disease)} and a specificity of {_share(true_negative, without)}. No adverse events were related to testing.",
    ])
    return f"Diagnostic accuracy of {index} in {people}.", [why, methods, results, conclusion]


def _arms(dice, effect):
    """Sizes and events of two arms whose confidence interval agrees with the stated effect."""
    while True:
        size = dice.between(180, 460)
        other = size + dice.between(-6, 6)
        controls = other * dice.between(18, 42) // 100
        factor = dice.between(52, 76) if effect == "better" else dice.between(94, 104)
        cases = controls * size * factor // (other * 100)
        error = math.sqrt(1 / cases - 1 / size + 1 / controls - 1 / other)
        ratio = (cases / size) / (controls / other)
        low, high = ratio * math.exp(-1.96 * error), ratio * math.exp(1.96 * error)
        if (high < 0.97) if effect == "better" else (low < 0.97 and high > 1.03):
            return size, other, cases, controls, low, high


def _share(part, whole):
    return f"{100 * part / whole:.1f}%"


def _capital(text):
    return text[0].upper() + text[1:]


def _article(citation):
    dice = Dice(f"{citation.pmid}")
    journal, short = dice.of(JOURNALS)
    year = dice.between(2016, 2024)
    date = f"<MedlineDate>{year} Nov-Dec</MedlineDate>" if dice.between(1, 20) == 1 else (
        f"<Year>{year}</Year><Month>{dice.of(['Jan', 'Mar', 'Apr', 'Jun', 'Sep', 'Oct'])}</Month>")
    types = "".join(
        f'\n          <PublicationType UI="{TYPES[name]}">{name}</PublicationType>' for name in citation.types)
    vernacular = citation.vernacular and f"\n        <VernacularTitle>{escape(citation.vernacular)}</VernacularTitle>"
    notice = """
      <CommentsCorrectionsList>
        <CommentsCorrections RefType="RetractionIn"><RefSource>Bedside Evid. 2025 Jan</RefSource></CommentsCorrections>
      </CommentsCorrectionsList>""" if "Retracted Publication" in citation.types else ""
    return f"""\
  <PubmedArticle>
    <MedlineCitation Status="MEDLINE" Owner="NLM">
      <PMID Version="{citation.version}">{citation.pmid}</PMID>
      <Article PubModel="Print">
        <Journal>
          <JournalIssue CitedMedium="Internet"><Volume>{year - 1990}</Volume><PubDate>{date}</PubDate></JournalIssue>
          <Title>{journal}</Title>
          <ISOAbbreviation>{short}</ISOAbbreviation>
        </Journal>
        <ArticleTitle>{citation.title}</ArticleTitle>{_abstract(citation, year, journal)}
        <Language>{citation.language}</Language>
        <PublicationTypeList>{types}
        </PublicationTypeList>{vernacular}
      </Article>
      <MedlineJournalInfo><MedlineTA>{short}</MedlineTA></MedlineJournalInfo>{notice}
      <MeshHeadingList>{_mesh(citation)}
      </MeshHeadingList>
    </MedlineCitation>
    <PubmedData>
      <PublicationStatus>ppublish</PublicationStatus>
      <ArticleIdList><ArticleId IdType="pubmed">{citation.pmid}</ArticleId></ArticleIdList>
    </PubmedData>
  </PubmedArticle>"""


def _abstract(citation, year, journal):
    if not citation.sections:
        return ""
    lines = ["\n        <Abstract>"]
    for label, category, text in citation.sections:
        attributes = f' Label="{label}" NlmCategory="{category}"' if label else ""
        lines.append(f"          <AbstractText{attributes}>{text}</AbstractText>")
    if citation.copyright:
        lines.append(f"          <CopyrightInformation>© {year} {journal}. Invented.</CopyrightInformation>")
    return "\n".join(lines + ["        </Abstract>"])


def _mesh(citation):
    headings = [(*citation.heading, "Y"), ("D006801", "Humans", "N")]
    headings += [(identifier, name, "N") for identifier, name in citation.mesh]
    return "".join(
        f'\n        <MeshHeading><DescriptorName UI="{identifier}" MajorTopicYN="{major}">{name}</DescriptorName></MeshHeading>'
        for identifier, name, major in headings)
