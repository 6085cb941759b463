#!/usr/bin/env bash
# near-duplicates: 89,450 abstracts with planted copies through `materia build`, beside rensa and zcat
# in one run, scored; then short records in bounded memory.
#
#   bash Tests/Benchmarks/dedup.sh MATERIA [DATA [VENVS]]
#
# DATA is what ../shared/bench/generate.py writes (--n 100000); without it it is generated. VENVS is the
# prefix of the peers' environments: VENVS-core needs rensa==0.5.0. Without it only ours is measured.
# MEASURE names the binary measure-copies (swift build -c release --product measure-copies), which does
# what the peers' scripts do: read, find copies, list what stays; without a build's checks and files.
# SHORT says how many short records are made (1000000; 0 for none), ROUNDS how often each runs (3).
set -euo pipefail
materia="$(realpath "$1")"
data="${2:-}"
venvs="${3:-}"
bench="${MATERIA_SHARED:-$PWD/../shared}/bench"
[ -f "$bench/run.py" ] || { echo "there is no $bench/run.py"; exit 2; }
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
if [ -z "$data" ]; then
  data="$work/data"
  python3 "$bench/generate.py" "$data" --n "${N:-100000}" > /dev/null
fi
data="$(realpath "$data")"

recipe() { # NAME FILE RULE
  cat > "$work/$1.yaml" <<YAML
version: 1
name: $1
sources:
  - name: docs
    corpus: jsonl
    path: $2
    license: CC0-1.0
    shape: article
    fields: {id: id, abstract: text}
stages: [{deduplicate: {near: {threshold: 0.8}, cluster: $3}}]
tasks: [{for: docs, task: pre-training-text}]
emit: [{dialect: text}]
YAML
}

# score.py counts what is linked through others too, which only single linkage removes.
recipe star "$data/docs.jsonl" star
recipe single "$data/docs.jsonl" single
cat > "$work/ours.sh" <<SH
set -e
'$materia' build "$work/\$2.yaml" --output "\$1.built" --quiet
sed -E 's/^[^:]*:"docs:([^"]*)".*/\1/' "\$1.built/provenance/train.jsonl" > "\$1"
SH
run=(python3 "$bench/run.py" "$data" --venvs "${venvs:-none}" --group dedup --repeat "${ROUNDS:-3}")
run+=(--ours "dedup:materia_star=bash $work/ours.sh {out} star")
run+=(--ours "dedup:materia_single=bash $work/ours.sh {out} single")
run+=(--ours "dedup:zcat=zcat {gz} | wc -c > /dev/null; : > {out}")
if [ -x "${MEASURE:-}" ]; then run+=(--ours "dedup:measure-copies='$MEASURE' survivors {docs} {out}"); fi
if [ -n "$venvs" ]; then run+=(--peers rensa_rminhash,rensa_verified); else run+=(--peers none); fi
"${run[@]}"

if [ -x "${MEASURE:-}" ]; then "$MEASURE" signatures "$data/docs.jsonl"; fi

short="${SHORT:-1000000}"
[ "$short" = 0 ] && exit 0
python3 - "$work/short.jsonl" "$short" <<'PYTHON'
import random, sys

# Sentences of 12 to 40 words; a fifth are copies of an earlier one, with up to two words changed.
path, count = sys.argv[1], int(sys.argv[2])
draw = random.Random(17)
words = [f"w{number:x}" for number in range(40_000)]
recent = []
with open(path, "w") as file:
    for number in range(count):
        if recent and draw.random() < 0.2:
            text = list(draw.choice(recent))
            for _ in range(draw.randrange(3)):
                text[draw.randrange(len(text))] = draw.choice(words)
        else:
            text = draw.choices(words, k=draw.randint(12, 40))
        if len(recent) < 5000: recent.append(text)
        else: recent[draw.randrange(5000)] = text
        file.write('{"id": "s%d", "text": "%s"}\n' % (number, " ".join(text)))
PYTHON
recipe short "$work/short.jsonl" star
python3 - "$materia" "$work" "$short" <<'PYTHON'
import os, subprocess, sys, time

materia, work, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
start = time.monotonic()
process = subprocess.Popen(
    [materia, "build", f"{work}/short.yaml", "--output", f"{work}/short", "--quiet", "--memory", "1g"])
_, status, usage = os.wait4(process.pid, 0)
wall = time.monotonic() - start
if status: sys.exit("the build of short records failed")
gone = sum(1 for _ in open(f"{work}/short/duplicates.jsonl"))
print(f"\n{count:,} short records, --memory 1g: {wall:.1f} s, {count / wall:,.0f} records/s, "
      f"peak {usage.ru_maxrss / 1024:,.0f} MiB, {gone:,} copies")
PYTHON
