#!/usr/bin/env bash
# literature-throughput: MEDLINE .xml.gz to validated messages JSONL, as a ratio to
# `zcat FILES | wc -c` on the same files, interleaved in one run.
#
#   bash Tests/Benchmarks/medline.sh MATERIA [FOLDER]
#
# FOLDER holds pubmed*.xml.gz as ../shared/bench/generate.py writes them (--n 100000: 833 MB of XML);
# without it they are generated there. Prints medians of ROUNDS (3) with peak memory.
set -euo pipefail
materia="$(realpath "$1")"
folder="${2:-}"
rounds="${ROUNDS:-3}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
if [ -z "$folder" ]; then
  generator="${MATERIA_SHARED:-$PWD/../shared}/bench/generate.py"
  [ -f "$generator" ] || { echo "give a folder of MEDLINE files: there is no $generator"; exit 2; }
  folder="$work/bench"
  python3 "$generator" "$folder" --n "${N:-100000}" > /dev/null
fi

recipe() { # NAME STAGES
  cat > "$work/$1.yaml" <<YAML
version: 1
name: $1
sources:
  - {name: medline, corpus: pubmed, path: "$folder/pubmed*.xml.gz"}
$2
split: {train: 0.9, validation: 0.05, test: 0.05, leaks: report}
tasks:
  - {for: medline, task: title-generation}
emit:
  - {dialect: messages}
YAML
}
recipe plain ""
recipe dedup "stages: [{deduplicate: {exact: true, near: {threshold: 0.8, field: abstract}}}]"

python3 - "$materia" "$folder" "$work" "$rounds" <<'PYTHON'
import glob, os, resource, statistics, subprocess, sys, time

materia, folder, work, rounds = sys.argv[1:4] + [int(sys.argv[4])]
files = sorted(glob.glob(f"{folder}/pubmed*.xml.gz"))
commands = {
    "zcat | wc -c": ["sh", "-c", 'zcat "$@" | wc -c', "sh", *files],
    "materia build": [materia, "build", f"{work}/plain.yaml", "--output", f"{work}/plain", "-q"],
    "materia build, near-duplicates": [
        materia, "build", f"{work}/dedup.yaml", "--output", f"{work}/dedup", "-q"],
}
seconds = {name: [] for name in commands}
peak = dict.fromkeys(commands, 0)
for _ in range(rounds):
    for name, command in commands.items():
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds[name].append(time.monotonic() - start)
        peak[name] = max(peak[name], usage.ru_maxrss)
        if status:
            sys.exit(f"{name} failed")
size = sum(os.path.getsize(path) for path in files)
print(f"{len(files)} files, {size / 1e6:.0f} MB compressed, {os.cpu_count()} cores, medians of {rounds}")
base = statistics.median(seconds["zcat | wc -c"])
for name in commands:
    median = statistics.median(seconds[name])
    print(f"{name:32} {median:7.2f} s  {median / base:5.2f} x zcat  peak {peak[name] / 1024:6.0f} MiB")
PYTHON
