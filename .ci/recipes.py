#!/usr/bin/env python3
"""Builds every recipe, so that none is shipped that does not run.

    recipes.py MATERIA

A source gets the bundled sample of its corpus where there is one, else the fixture of its reader's
tests, and the few rows below where a recipe maps columns of its own. What recipes make of real
corpora is for `make corpora-check`.
"""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FIXTURES = f"{ROOT}/Tests/CorporaTests/Fixtures"
SAMPLES = {
    "pubmed": "abstracts.xml.gz",
    "medquad": "questions.zip",
    "text-notes": "notes.tar.gz",
    "mts-dialog": "dialogues.zip",
}
# Rows for the recipes that map fields: the fixtures of those readers show other columns.
ROWS = {
    "instruction/table.yaml": ("rows.csv", "question,answer\nWhat is ferritin?,A protein that stores iron.\n"),
    "instruction/jsonl.yaml": (
        "rows.jsonl", '{"question":"What is ferritin?","answer":"A protein that stores iron."}\n'),
    "instruction/json.yaml": (
        "rows.json", '[{"question":"What is ferritin?","answer":"A protein that stores iron."}]\n'),
    "instruction/xml.yaml": (
        "rows.xml", "<all><item><question>What is ferritin?</question><answer>Iron's store.</answer></item></all>\n"),
}


def sources(recipe):
    """Names and corpora of a recipe's sources, by its own indentation."""
    with open(recipe, encoding="utf-8") as file:
        text = file.read()
    block = re.search(r"^sources:\n((?:[ #].*\n|\n)+)", text, re.M).group(1)
    for item in re.split(r"^  - ", block, flags=re.M)[1:]:
        item = "    " + item
        name = re.search(r"^ *(?:\{)?name: *([\w.-]+)", item, re.M).group(1)
        corpus = re.search(r"\bcorpus: *([\w-]+)", item).group(1)
        yield name, corpus


def data(recipe, corpus, work):
    """A path that holds data of the corpus."""
    if recipe in ROWS:
        name, text = ROWS[recipe]
        with open(f"{work}/{name}", "w", encoding="utf-8") as file:
            file.write(text)
        return f"{work}/{name}"
    if corpus in SAMPLES:
        return f"{ROOT}/Recipes/samples/{SAMPLES[corpus]}"
    copy = f"{work}/{corpus}"
    if not os.path.exists(copy):
        shutil.copytree(f"{FIXTURES}/{corpus}", copy, ignore=shutil.ignore_patterns("expected.jsonl"))
    return copy


def main():
    materia = sys.argv[1]
    failures = 0
    paths = sorted(glob.glob(f"{ROOT}/Recipes/*.yaml") + glob.glob(f"{ROOT}/Recipes/[!ts]*/*.yaml")
                   + glob.glob(f"{ROOT}/Recipes/tasks/*.yaml"))
    with tempfile.TemporaryDirectory() as work:
        for path in paths:
            recipe = os.path.relpath(path, f"{ROOT}/Recipes")
            command = [materia, "build", path, "--output", f"{work}/out", "--quiet"]
            if "/" in recipe:
                for name, corpus in sources(path):
                    command += ["--source", f"{name}={data(recipe, corpus, work)}"]
            run = subprocess.run(command, capture_output=True, text=True)
            if run.returncode:
                failures += 1
                print(f"FAIL  {recipe}: exit code {run.returncode}\n{run.stderr.strip()}")
            shutil.rmtree(f"{work}/out", ignore_errors=True)
    print(f"built {len(paths) - failures} of {len(paths)} recipes")
    return 1 if failures or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
