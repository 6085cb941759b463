#!/usr/bin/env bash
# validate-rows: a million chat rows through `materia validate` with every check, beside orjson and
# jsonschema-rs `is_valid`, which only say yes or no, in one run.
#
#   bash Tests/Benchmarks/validate.sh MATERIA [PYTHON]
#
# PYTHON has orjson and jsonschema-rs; without it a virtual environment is made of them. ROWS says how
# many rows are generated (1000000, about 2 GB), ROUNDS how often each runs (3). Prints CPU seconds (user
# and system, which a busy machine disturbs less than the clock), MB/s of CPU time and peak memory,
# medians of the rounds, and the ratio. Exits with 1 below 100 MB/s or behind the peer.
set -euo pipefail
materia="$(realpath "$1")"
root="$(cd "$(dirname "$0")/../.." && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python="${2:-}"
if [ -z "$python" ]; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" -q install orjson==3.13.0 jsonschema-rs==0.61.0
  python="$work/venv/bin/python"
fi

python3 - "$work/train.jsonl" "${ROWS:-1000000}" <<'PY'
import json, random, sys
rng = random.Random(7)
words = ["".join(rng.choice("aeioubcdfglmnprst") for _ in range(rng.randint(2, 11))) for _ in range(4000)]
text = lambda k: " ".join(rng.choices(words, k=k))
pool = [text(60) for _ in range(3000)]
with open(sys.argv[1], "w", encoding="utf-8") as file:
    for i in range(int(sys.argv[2])):
        answer = "\n".join(rng.choice(pool) for _ in range(3)) + " naïve 5 µg"
        turns = [("system", "You are a careful assistant."),
                 ("user", f"Question {i}: {text(8)}\n\n{rng.choice(pool)}"), ("assistant", answer)]
        row = {"messages": [{"role": role, "content": content} for role, content in turns]}
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
PY

cat > "$work/peer.py" <<'PY'
import json, sys, orjson, jsonschema_rs
fits = jsonschema_rs.validator_for(json.load(open(sys.argv[1]))).is_valid
bad = 0
with open(sys.argv[2], "rb") as file:
    for line in file:
        bad += not fits(orjson.loads(line))
sys.exit(bad > 0)
PY

cat > "$work/run.py" <<'PY'
import os, statistics, subprocess, sys, time
work, materia, python, schema, rounds = sys.argv[1:6]
rows = f"{work}/train.jsonl"
size = os.path.getsize(rows) / 1e6
runs = {
    "materia, 1 thread": [materia, "validate", rows, "--threads", "1", "--quiet"],
    "materia, 2 threads": [materia, "validate", rows, "--threads", "2", "--quiet"],
    "orjson + jsonschema-rs is_valid": [python, f"{work}/peer.py", schema, rows],
}
figures = {name: [] for name in runs}
for _ in range(int(rounds)):
    for name, command in runs.items():
        start = time.monotonic()
        process = subprocess.Popen(command)
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            sys.exit(f"{name}: exit {status}")
        figures[name].append((usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss / 1024))
print(f"{size:.0f} MB")
speed = {}
for name, runs in figures.items():
    cpu, wall, memory = (statistics.median(column) for column in zip(*runs))
    speed[name] = size / cpu
    print(f"{name:32} {cpu:6.2f} s CPU  {wall:6.2f} s  {size / cpu:5.0f} MB/s of CPU  {memory:5.0f} MiB")
ours, peer = speed["materia, 1 thread"], speed["orjson + jsonschema-rs is_valid"]
print(f"materia / peer: {ours / peer:.2f}")
sys.exit(ours < 100 or ours < peer)
PY
python3 "$work/run.py" "$work" "$materia" "$python" "$root/Schemas/messages.schema.json" "${ROUNDS:-3}"
