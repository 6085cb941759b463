"""questions.zip: question–answer pairs in the XML form of MedQuAD."""

from xml.sax.saxutils import escape, quoteattr

import material

ROOT = "invented-medquad/"
FOLDERS = {
    "heart-lung": ("1_HeartLung_QA", "HeartLungDesk"),
    "metabolism-gut": ("2_MetabolismGut_QA", "MetabolismDesk"),
    "joints-nerves": ("3_JointsNerves_QA", "JointsNervesDesk"),
}
# The topic written in MedQuAD's second schema, `doc/qaPairs/pair`.
OTHER_SCHEMA = "Shingles"

# Pairs without an answer: focus, question, and how the emptiness is written.
EMPTY_ANSWERS = [
    ("COPD", "How many people have COPD?", "<Answer></Answer>"),
    ("Pneumonia", "What research is being done on pneumonia?", "<Answer></Answer>"),
    ("Gallstones", "Who is at risk of gallstones?", "<Answer/>"),
    ("Kidney Stones", "How many people get kidney stones?", "<Answer>\n\t\t\t</Answer>"),
    ("Psoriasis", "Is psoriasis inherited?", "<Answer></Answer>"),
    ("Migraine", "Where can I find support for migraine?", "<Answer>   </Answer>"),
]

# The same question with the same answer again, in a folder of another source.
EXACT_DUPLICATES = [
    ("heart-lung", "Type 2 Diabetes", "complications"),
    ("metabolism-gut", "High Blood Pressure", "prevention"),
    ("metabolism-gut", "Stroke", "symptoms"),
]

# Another wording of the question, and one phrase of a long answer changed, in another folder.
NEAR_DUPLICATES = [
    ("metabolism-gut", "Asthma", "information", "What exactly is asthma?",
     "use a preventer inhaler every day", "use a preventer every day"),
    ("joints-nerves", "Atrial Fibrillation", "complications",
     "Why does atrial fibrillation raise the risk of stroke?",
     "at least once a year", "at least once yearly"),
    ("joints-nerves", "Type 2 Diabetes", "treatment", "What is the first-line treatment for type 2 diabetes?",
     "effective, inexpensive and does not", "effective and cheap and does not"),
    ("heart-lung", "Epilepsy", "considerations", "What should you do if someone has a seizure?",
     "for up to an hour", "for a while"),
]


class Topic:
    """A focus with its pairs `(qtype, question, answer element)`."""

    def __init__(self, folder, focus, cui, synonym):
        self.folder, self.focus, self.cui, self.synonym = folder, focus, cui, synonym
        self.pairs = []

    def add(self, kind, question, answer):
        self.pairs.append((kind, question, answer))


def topics():
    """The topics as written, followed by those that hold the planted duplicates."""
    written = list(_written())
    for focus, question, element in EMPTY_ANSWERS:
        _named(written, focus).add("information", question, element)
    return written + _duplicate_topics(written)


def entries():
    """`{path: bytes}` of the archive."""
    files = {
        ROOT + "LICENSE": b"CC0 1.0 Universal: the invented texts are dedicated to the public domain.\n",
        ROOT + "README.md": b"# Invented questions and answers\n\nMade by make_samples.py; not medical advice.\n",
    }
    numbers = {}
    for topic in topics():
        folder, source = FOLDERS[topic.folder]
        numbers[folder] = numbers.get(folder, 0) + 1
        name = f"{numbers[folder]:07d}"
        write = _other_schema if topic.focus == OTHER_SCHEMA else _document
        files[f"{ROOT}{folder}/{name}.xml"] = write(topic, name, source).encode()
    files["__MACOSX/._" + ROOT.rstrip("/")] = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X" + bytes(16)
    return dict(sorted(files.items()))


def _written():
    for head, lines in material.blocks("questions.txt"):
        topic = Topic(*head)
        for kind_and_question, answer in zip(lines[::2], lines[1::2]):
            kind, question = material.fields(kind_and_question)
            topic.add(kind, question, f"<Answer>{escape(answer)}</Answer>")
        yield topic


def _named(written, focus):
    return next(topic for topic in written if topic.focus == focus)


def _duplicate_topics(written):
    added = []
    for folder, focus, kind in EXACT_DUPLICATES:
        _, question, answer = _pair(written, focus, kind)
        added.append(_copy(written, folder, focus))
        added[-1].add(kind, question, answer)
    for folder, focus, kind, question, old, new in NEAR_DUPLICATES:
        _, _, answer = _pair(written, focus, kind)
        assert answer.count(old) == 1, (focus, old)
        added.append(_copy(written, folder, focus))
        added[-1].add(kind, question, answer.replace(old, new))
    return added


def _pair(written, focus, kind):
    return next(pair for pair in _named(written, focus).pairs if pair[0] == kind)


def _copy(written, folder, focus):
    original = _named(written, focus)
    return Topic(folder, focus, original.cui, original.synonym)


def _document(topic, name, source):
    url = f"https://example.org/{source.lower()}/{name}"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<Document id="{name}" source={quoteattr(source)} url={quoteattr(url)}>',
        f"<Focus>{escape(topic.focus)}</Focus>",
        "<FocusAnnotations>",
        "\t<UMLS>",
        f"\t\t<CUIs>\n\t\t\t<CUI>{topic.cui}</CUI>\n\t\t</CUIs>",
        "\t\t<SemanticTypes>\n\t\t\t<SemanticType>T047</SemanticType>\n\t\t</SemanticTypes>",
        "\t\t<SemanticGroup>Disorders</SemanticGroup>",
        "\t</UMLS>",
        f"\t<Synonyms>\n\t\t<Synonym>{escape(topic.synonym)}</Synonym>\n\t</Synonyms>",
        "</FocusAnnotations>",
        "<QAPairs>",
    ]
    for number, (kind, question, answer) in enumerate(topic.pairs, 1):
        lines += [
            f'\t<QAPair pid="{number}">',
            f'\t\t\t<Question qid="{name}-{number}" qtype="{kind}">{escape(question)}</Question>',
            f"\t\t\t{answer}",
            "\t</QAPair>",
        ]
    return "\n".join(lines + ["</QAPairs>", "</Document>", ""])


def _other_schema(topic, name, source):
    url = f"https://example.org/{source.lower()}/{name}"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<doc docid="{name}" corpus={quoteattr(source)} url={quoteattr(url)}>',
        f"<doctitle-focus>{escape(topic.focus)}</doctitle-focus>",
        f"<umls>\n<cui>{topic.cui}</cui>\n<semanticType></semanticType>\n</umls>",
        "<qaPairs>",
    ]
    for number, (kind, question, answer) in enumerate(topic.pairs, 1):
        lines += [
            f'<pair pid="{number}">',
            f'<question qid="{name}-{number}" qtype="{kind}">{escape(question)}</question>',
            answer.replace("<Answer>", "<answer>").replace("</Answer>", "</answer>"),
            "</pair>",
        ]
    return "\n".join(lines + ["</qaPairs>", "</doc>", ""])
