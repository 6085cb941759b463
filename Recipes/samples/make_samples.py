#!/usr/bin/env python3
"""Packs the invented sample archives beside this script; the same bytes every time.

    python3 make_samples.py            writes the four archives
    python3 make_samples.py --check    fails when an archive is not what the script would write
"""

import pathlib
import sys

sys.dont_write_bytecode = True

import abstracts
import archives
import dialogues
import notes
import planted
import questions

HERE = pathlib.Path(__file__).parent


def samples():
    """`{archive name: bytes}`."""
    return {
        "questions.zip": archives.zipped(questions.entries()),
        "abstracts.xml.gz": archives.gzipped(abstracts.entry()),
        "notes.tar.gz": archives.gzipped(archives.tarred(notes.entries())),
        "dialogues.zip": archives.zipped(dialogues.entries()),
    }


def main(arguments):
    if arguments not in ([], ["--check"]):
        sys.exit(__doc__)
    problems = planted.problems()
    for name, data in samples().items():
        if not arguments:
            (HERE / name).write_bytes(data)
        elif (HERE / name).read_bytes() != data:
            problems.append(f"{name} is not what make_samples.py writes")
    for line in planted.table():
        print(line)
    if problems:
        sys.exit("\n".join(f"error: {problem}" for problem in problems))


if __name__ == "__main__":
    main(sys.argv[1:])
