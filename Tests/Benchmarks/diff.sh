#!/usr/bin/env bash
# diff and explain: two builds of a million short records, one in a hundred changed, compared record by
# record; then one record in the middle explained.
#
#   bash Tests/Benchmarks/diff.sh MATERIA
#
# ROWS says how many records are generated (1000000), ROUNDS how often each command runs (3). Prints the
# median of wall and CPU seconds and the peak memory. Exits with 1 when diff takes more than 500 MiB or
# misses a change.
set -euo pipefail
materia="$(realpath "$1")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
rows="${ROWS:-1000000}"

python3 - "$work" "$rows" <<'PY'
import json, random, sys
work, rows = sys.argv[1], int(sys.argv[2])
rng = random.Random(7)
words = ["".join(rng.choice("aeioubcdfglmnprst") for _ in range(rng.randint(2, 11))) for _ in range(4000)]
text = lambda k: " ".join(rng.choices(words, k=k))
with open(f"{work}/a.jsonl", "w") as one, open(f"{work}/b.jsonl", "w") as two:
    for i in range(rows):
        row = {"id": f"r{i:08}", "q": f"What of {text(8)}?", "a": f"It is {text(20)}."}
        one.write(json.dumps(row) + "\n")
        if i % 1000 == 1:
            continue
        if i % 100 == 2:
            row["a"] += " Indeed."
        two.write(json.dumps(row) + "\n")
PY
cat > "$work/r.yaml" <<'YAML'
version: 1
name: many
seed: 17
sources:
  - name: q
    corpus: jsonl
    path: a.jsonl
    license: CC0-1.0
    shape: question-answer
    fields: {id: id, question: q, answer: a}
stages: [{filter: {min_words: 5}}]
split: {train: 0.98, validation: 0.01, test: 0.01, leaks: report}
tasks: [{for: q, task: question-answering, templates: [consumer-qa]}]
emit: [{dialect: messages, shard_rows: 250000}]
YAML
for side in a b; do
  "$materia" build "$work/r.yaml" --source "q=$work/$side.jsonl" --output "$work/out-$side" --quiet
done

cat > "$work/run.py" <<'PY'
import glob, json, os, statistics, subprocess, sys, time
work, materia, rows, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
one, two = f"{work}/out-a", f"{work}/out-b"
commands = {
    "diff": ([materia, "diff", one, two, "--json"], 1),
    "diff, 1 thread": ([materia, "diff", one, two, "--json", "--threads", "1"], 1),
    "diff --all": ([materia, "diff", one, two, "--json", "--all"], 1),
    "diff of the same": ([materia, "diff", one, one, "--quiet"], 0),
    "explain a record": ([materia, "explain", f"q:r{rows // 2:08}", one, "--json"], 0),
    "explain a line": ([materia, "explain", f"{sorted(glob.glob(f'{one}/messages/train-*'))[-1]}:1", "--json"], 0),
    "explain nothing": ([materia, "explain", f"q:r{rows // 2:08}x", one], 2),
}
failed = False
size = sum(os.path.getsize(os.path.join(root, name)) for side in (one, two)
           for folder in ("messages", "provenance") for root, _, names in os.walk(f"{side}/{folder}") for name in names)
print(f"{rows} records, {size / 1e6:.0f} MB of rows and provenance")
for name, (command, code) in commands.items():
    figures = []
    for _ in range(rounds):
        with open(f"{work}/stdout", "wb") as out:
            start = time.monotonic()
            process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.monotonic() - start
        if os.waitstatus_to_exitcode(status) != code:
            sys.exit(f"{name}: exit {os.waitstatus_to_exitcode(status)}")
        figures.append((wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))
    wall, cpu, memory = (statistics.median(column) for column in zip(*figures))
    print(f"{name:20} {wall:6.2f} s  {cpu:6.2f} s CPU  {memory:5.0f} MiB")
    if name.startswith("diff") and code == 1:
        kinds = {kind["kind"]: kind["count"] for kind in json.load(open(f"{work}/stdout"))["records"]}
        wanted = {"removed": len(range(1, rows, 1000)), "text": len(range(2, rows, 100))}
        failed |= memory > 500 or {kind: kinds.get(kind) for kind in wanted} != wanted
        if name == "diff":
            print(f"  {kinds}")
sys.exit(failed)
PY
python3 "$work/run.py" "$work" "$materia" "$rows" "${ROUNDS:-3}"
