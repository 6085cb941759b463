#!/usr/bin/env python3
"""Builds the recipes of expected.tsv over the real corpora and compares what the manifests count.

    check.py MATERIA CORPORA [--only TEXT] [--keep DIR]

Each line of expected.tsv names a recipe, its sources below CORPORA, a measure, the expected number,
where that number is published, and a note when the data differ from it. Prints a row for each
measure: pass, or the difference. Exit code 1 when a row fails, 2 when a line makes no sense.
"""
import argparse
import glob
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
COLUMNS = ["recipe", "sources", "measure", "expected", "citation", "note"]


def rows():
    with open(os.path.join(HERE, "expected.tsv"), encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.startswith("#") or not line.strip():
                continue
            cells = line.rstrip("\n").split("\t")
            cells += [""] * (len(COLUMNS) - len(cells))
            if len(cells) != len(COLUMNS) or not all(cells[:5]):
                sys.exit(f"expected.tsv:{number}: wants {', '.join(COLUMNS)}")
            yield dict(zip(COLUMNS, cells), line=number)


def measured(manifest, measure, source=None):
    """The number of a measure: of one source, or the sum over all sources of the recipe."""
    if measure.startswith("split."):
        _, split, what = measure.split(".")
        return manifest["splits"][split][what]
    head, _, name = measure.partition(".")
    total = 0
    for entry in manifest["sources"]:
        if source and entry["name"] != source:
            continue
        value = entry[head]
        if isinstance(value, dict):
            value = value.get(name, 0) if name else sum(value.values())
        total += value
    return total


def build(materia, corpora, recipe, sources, output):
    """Builds a recipe; returns its manifest, or why there is none."""
    command = [materia, "build", os.path.join(ROOT, recipe), "--output", output, "--quiet"]
    for source in sources.split(";"):
        name, _, pattern = source.partition("=")
        for path in sorted(glob.glob(os.path.join(corpora, pattern))) or [pattern]:
            command += ["--source", f"{name}={path}"]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode not in (0, 1) or not os.path.exists(f"{output}/manifest.json"):
        return None, (run.stderr.strip().splitlines() or ["no message"])[0]
    with open(f"{output}/manifest.json", encoding="utf-8") as file:
        return json.load(file), ""


def unchecked(corpora, groups):
    """The folders of real corpora that no line reads."""
    read = {part.partition("=")[2].split("/")[0] for _, sources in groups for part in sources.split(";")}
    folders = (f.name for f in os.scandir(corpora) if f.is_dir())
    return sorted(set(folders) - read)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("materia")
    parser.add_argument("corpora")
    parser.add_argument("--only", default="", help="recipes whose path holds this text")
    parser.add_argument("--keep", help="leave the builds in this folder")
    options = parser.parse_args()

    groups = {}
    for row in rows():
        if options.only in row["recipe"]:
            groups.setdefault((row["recipe"], row["sources"]), []).append(row)
    failures = 0
    with tempfile.TemporaryDirectory() as scratch:
        base = options.keep or scratch

        def work(item):
            number, (recipe, sources) = item
            output = os.path.join(base, f"{number:02}-{os.path.basename(recipe)[:-5]}")
            return build(options.materia, options.corpora, recipe, sources, output)

        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(work, enumerate(groups)))
        for ((recipe, sources), lines), (manifest, problem) in zip(groups.items(), results):
            for row in lines:
                place = f"{recipe} {row['measure']}"
                if manifest is None:
                    print(f"FAIL  {place}: not built: {problem}")
                    failures += 1
                    continue
                source, _, measure = row["measure"].rpartition(":")
                try:
                    found = measured(manifest, measure, source)
                except (KeyError, ValueError, TypeError):
                    print(f"expected.tsv:{row['line']}: there is no measure '{row['measure']}'")
                    return 2
                if str(found) == row["expected"]:
                    verdict = "pass"
                else:
                    verdict = "FAIL"
                    failures += 1
                difference = "" if verdict == "pass" else f", expected {row['expected']}"
                note = f"; {row['note']}" if row["note"] else ""
                print(f"{verdict}  {place} = {found}{difference}  [{row['citation']}{note}]")
    for folder in [] if options.only else unchecked(options.corpora, groups):
        print(f"FAIL  {folder}: no line of expected.tsv reads it")
        failures += 1
    count = sum(len(lines) for lines in groups.values())
    print(f"{count} measures, {len(groups)} builds, {failures} failures")
    return 1 if failures or not count else 0


if __name__ == "__main__":
    sys.exit(main())
