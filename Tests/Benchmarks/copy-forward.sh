#!/usr/bin/env bash
# copy-forward: invented notes, nine of each patient, into which whole sections of earlier notes of the
# same patient were planted; cut out again by sentence and by words, and compared with what they were.
#
#   bash Tests/Benchmarks/copy-forward.sh MATERIA [DATA]
#
# DATA is what ../shared/bench/generate.py writes (--only notes); without it it is generated. N says how
# many notes are made (100000), MEMORY what --memory is (1g).
set -euo pipefail
materia="$(realpath "$1")"
data="${2:-}"
bench="${MATERIA_SHARED:-$PWD/../shared}/bench"
[ -f "$bench/generate.py" ] || { echo "there is no $bench/generate.py"; exit 2; }
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
if [ -z "$data" ]; then
  data="$work/data"
  python3 "$bench/generate.py" "$data" --n "${N:-100000}" --only notes > /dev/null
fi

cat > "$work/planted.py" <<'PY'
import collections, csv, gzip, json, random, re, sys
csv.field_size_limit(10**9)
source, output, *built = sys.argv[1:]
def rows():
    with gzip.open(source, "rt", newline="") as file:
        yield from csv.DictReader(file)
if not built:
    count = planted = 0
    patient, earlier = None, []
    with open(output, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["ROW_ID", "SUBJECT_ID", "CHARTTIME", "TEXT"])
        for row in rows():
            if row["SUBJECT_ID"] != patient:
                patient, earlier = row["SUBJECT_ID"], []
            draw = random.Random(int(row["ROW_ID"]))
            own = re.split(r"\n\n+", row["TEXT"])
            new = list(own)
            for _ in range(draw.randint(1, 4) if earlier else 0):
                section = draw.choice(earlier)
                new.insert(draw.randrange(len(new) + 1), section)
                planted += len(section.split())
            earlier += [section for section in own if len(section.split()) >= 20]
            text = "\n\n".join(new)
            count += len(text.split())
            writer.writerow([row["ROW_ID"], patient, row["CHARTTIME"], text])
    print(f"{count} words, {planted} of them planted")
else:
    bare = lambda text: " ".join(text.split())
    clean = collections.Counter(bare(row["TEXT"]) for row in rows())
    equal = total = words = 0
    for line in open(f"{built[0]}/text/train.jsonl"):
        text = bare(json.loads(line)["text"])
        total += 1
        words += len(text.split())
        equal += text in clean
    cut = json.load(open(f"{built[0]}/manifest.json"))["deduplication"]["within"]["sources"][0]
    clean_words = sum(len(text.split()) * count for text, count in clean.items())
    print(f"  {equal} of {total} notes ({equal / total:.4f}) are what they were; "
          f"{words} words written of {clean_words}; {cut}")
PY
python3 "$work/planted.py" "$data/NOTEEVENTS.csv.gz" "$work/notes.csv"

for rule in none sentence words; do
  stages="stages: [{deduplicate: {exact: false, within: {unit: $rule}}}]"
  [ "$rule" = none ] && stages=""
  cat > "$work/$rule.yaml" <<YAML
version: 1
name: $rule
sources:
  - name: notes
    corpus: table
    path: notes.csv
    license: CC0-1.0
    shape: note
    fields: {id: ROW_ID, patient: SUBJECT_ID, time: CHARTTIME, text: TEXT}
$stages
split: {train: 1}
tasks: [{for: notes, task: pre-training-text}]
emit: [{dialect: text}]
YAML
  echo "$rule:"
  python3 - "$materia" "$work" "$rule" "${MEMORY:-1g}" <<'PY'
import resource, subprocess, sys, time
materia, work, rule, memory = sys.argv[1:]
start = time.time()
subprocess.run([materia, "build", f"{work}/{rule}.yaml", "--output", f"{work}/{rule}", "--memory", memory],
               check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
peak = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"  {time.time() - start:.2f} s, {peak.ru_utime + peak.ru_stime:.2f} s of CPU, {peak.ru_maxrss >> 10} MiB")
PY
  [ "$rule" = none ] || python3 "$work/planted.py" "$data/NOTEEVENTS.csv.gz" "" "$work/$rule"
done
