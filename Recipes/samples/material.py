"""Reads the hand-written texts in `material/`: blocks that begin with `== field | field`."""

import pathlib

FOLDER = pathlib.Path(__file__).parent / "material"


def blocks(name, separator="|"):
    """Yields `(fields of the == line, lines below it)` for each block of a file."""
    head, body = None, []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("== "):
            if head is not None:
                yield head, body
            head, body = fields(line[3:], separator), []
        else:
            body.append(line)
    if head is not None:
        yield head, body


def pairs(name):
    """Yields `(fields, text)` for files whose entries are a header line and a line of text."""
    lines = [
        line
        for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    for head, text in zip(lines[::2], lines[1::2]):
        yield fields(head), text


def fields(line, separator="|"):
    return [part.strip() for part in line.split(separator)]
