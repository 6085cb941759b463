"""Counts the planted defects in what is packed, and sees that there are no others."""

import csv
import io
import itertools
import re
import xml.etree.ElementTree as XML

import abstracts
import dialogues
import notes
import questions

# Jaccard similarity of word 5-grams: planted pairs lie above NEAR, all others below FAR.
NEAR, FAR = 0.85, 0.7


def counts():
    """`{source: {what: count}}`, counted by parsing the packed entries."""
    return {
        "questions": _questions()[0], "abstracts": _abstracts()[0],
        "notes": _notes()[0], "dialogues": _dialogues()[0],
    }


def table():
    """The counts as lines of text, one for each source."""
    for source, found in counts().items():
        yield f"{source}: " + ", ".join(f"{what} {count}" for what, count in found.items())


def problems():
    """Pairs of kept texts that are neither clearly alike nor clearly different."""
    found = []
    for read in (_questions, _abstracts, _notes, _dialogues):
        for first, second in itertools.combinations(read()[1], 2):
            if FAR <= _jaccard(first[1], second[1]) < NEAR:
                found.append(f"{first[0]} and {second[0]} are neither near nor far")
    return found


def _tally(skipped, read, rejected, kept):
    """Adds the duplicates among `kept`, first exact, then near, to the counts of reading."""
    seen, distinct = set(), []
    for name, grams, exact in kept:
        if exact not in seen:
            seen.add(exact)
            distinct.append((name, grams))
    near = sum(_jaccard(a[1], b[1]) >= NEAR for a, b in itertools.combinations(distinct, 2))
    found = {"skipped-entries": skipped, "read": read, **rejected,
             "exact-duplicate": len(kept) - len(distinct), "near-duplicate": near}
    found["kept"] = read - sum(rejected.values()) - found["exact-duplicate"] - near
    return found, distinct


def _questions():
    kept, read, skipped = [], 0, 0
    for path, data in questions.entries().items():
        if not path.endswith(".xml"):
            skipped += 1
            continue
        for pair in XML.fromstring(data).iter():
            if pair.tag not in ("QAPair", "pair"):
                continue
            read += 1
            question, answer = ("".join(part.itertext()).strip() for part in pair)
            if answer:
                kept.append((f"{path} {question}", _grams(answer), (question, answer)))
    return _tally(skipped, read, {"empty-answer": read - len(kept)}, kept)


def _abstracts():
    root = XML.fromstring(abstracts.entry())
    deleted = {pmid.text for pmid in root.iterfind("DeleteCitation/PMID")}
    articles = root.findall("PubmedArticle")
    latest = {}
    for article in articles:
        pmid = article.find(".//PMID")
        latest[pmid.text] = max(latest.get(pmid.text, "0"), pmid.get("Version"))
    rejected = dict.fromkeys(["no-abstract", "superseded-version", "deleted-citation", "retracted"], 0)
    kept = []
    for article in articles:
        pmid, parts = article.find(".//PMID"), article.findall(".//AbstractText")
        types = [kind.text for kind in article.iter("PublicationType")]
        reason = next((name for name, holds in [
            ("superseded-version", pmid.get("Version") != latest[pmid.text]),
            ("deleted-citation", pmid.text in deleted), ("no-abstract", not parts),
            ("retracted", "Retracted Publication" in types)] if holds), None)
        if reason:
            rejected[reason] += 1
            continue
        text = " ".join("".join(part.itertext()) for part in parts)
        title = "".join(article.find(".//ArticleTitle").itertext())
        kept.append((pmid.text, _grams(text), (title, text)))
    return _tally(0, len(articles), rejected, kept)


def _notes():
    kept, read, skipped = [], 0, 0
    rejected = {"invalid-encoding": 0, "empty-text": 0}
    for path, data in notes.entries().items():
        if path.rsplit("/", 1)[1].startswith("."):
            skipped += 1
            continue
        read += 1
        text = _decoded(data)
        if not text:
            rejected["invalid-encoding" if text is None else "empty-text"] += 1
            continue
        kept.append((path, _grams(text), text))
    return _tally(skipped, read, rejected, kept)


def _decoded(data):
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass
    return None


def _dialogues():
    kept = []
    for path, data in dialogues.entries().items():
        for row in csv.DictReader(io.StringIO(data.decode(), newline="")):
            text = row["section_text"] + " " + row["dialogue"]
            kept.append((f"{path} {row['ID']}", _grams(text), (row["section_text"], row["dialogue"])))
    return _tally(0, len(kept), {}, kept)


def _grams(text):
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at:at + 5]) for at in range(max(1, len(words) - 4))}


def _jaccard(first, second):
    return len(first & second) / len(first | second)
