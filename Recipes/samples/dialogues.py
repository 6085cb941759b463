"""dialogues.zip: conversations and the note section made of them, in the CSV form of MTS-Dialog."""

import csv
import io

import material

ROOT = "invented-mts-dialog/Main-Dataset/"
NAMES = {"train": "MTS-Dialog-TrainingSet.csv", "validation": "MTS-Dialog-ValidationSet.csv"}
# The section text that opens the training row repeated word for word in the validation file.
REPEATED = "The patient is a 45-year-old man"


def rows(split):
    """`[(section header, section text, dialogue)]` of a split."""
    written = [(head, "\n".join(lines)) for head, lines in material.blocks("dialogues.txt")]
    chosen = [(head[1], head[2], talk) for head, talk in written if head[0] == split]
    if split == "validation":
        chosen += [row for row in rows("train") if row[1].startswith(REPEATED)]
    return chosen


def entries():
    """`{path: bytes}` of the archive: CRLF between rows, bare LF inside cells, as MTS-Dialog has it."""
    return {ROOT + NAMES[split]: _table(rows(split)) for split in sorted(NAMES, reverse=True)}


def _table(found):
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(["ID", "section_header", "section_text", "dialogue"])
    for number, row in enumerate(found):
        table.writerow([number, *row])
    return text.getvalue().encode()
