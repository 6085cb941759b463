#!/usr/bin/env bash
# Builds every recipe: over the bundled samples, and over the real corpora where they are at hand.
set -euo pipefail
materia="$1"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
samples=Recipes/samples

build() { # RECIPE NAME=PATH…
  local recipe="$1"; shift
  local sources=(); for source in "$@"; do sources+=(--source "$source"); done
  "$materia" build "$recipe" "${sources[@]}" --output "$work/out" --quiet
  echo "built $recipe from ${*:-its own samples}"
  rm -rf "$work/out"
}

printf 'question,answer\nWhat is ferritin?,A protein that stores iron.\nWhat is anaemia?,Too little haemoglobin.\n' > "$work/table.csv"
printf '{"question":"What is ferritin?","answer":"A protein that stores iron."}\n{"question":"What is anaemia?","answer":"Too little haemoglobin."}\n' > "$work/rows.jsonl"
printf '[{"question":"What is ferritin?","answer":"A protein that stores iron."}]\n' > "$work/rows.json"
printf '{"1":{"QUESTION":"Does iron help?","CONTEXTS":["Ferritin rose."],"LABELS":["RESULTS"],"MESHES":[],"YEAR":"2020","final_decision":"yes","LONG_ANSWER":"Iron helped the patients of this invented study."}}\n' > "$work/ori_pqal.json"
printf '"ROW_ID","SUBJECT_ID","HADM_ID","CHARTDATE","CHARTTIME","STORETIME","CATEGORY","DESCRIPTION","CGID","ISERROR","TEXT"\n1,7,70,"2150-01-01",,,"Discharge summary","Report",,,"Chief Complaint: cough\n\nHistory of Present Illness:\nTwo days of cough after [**Location 3**].\n\nBrief Hospital Course:\nImproved with fluids and rest over three days.\n"\n' > "$work/NOTEEVENTS.csv"

build Recipes/quickstart.yaml
build Recipes/instruction/medquad.yaml medquad="$samples/questions.zip"
build Recipes/instruction/pubmedqa.yaml pubmedqa="$work/ori_pqal.json"
build Recipes/instruction/pubmedqa-long-form.yaml pubmedqa="$work/ori_pqal.json"
build Recipes/instruction/mts-dialog.yaml mts-dialog="$samples/dialogues.zip"
build Recipes/instruction/abstracts.yaml abstracts="$samples/abstracts.xml.gz"
build Recipes/instruction/mimic-iii-notes.yaml notes="$work/NOTEEVENTS.csv"
build Recipes/instruction/text-notes.yaml notes="$samples/notes.tar.gz"
build Recipes/instruction/table.yaml table="$work/table.csv"
build Recipes/instruction/jsonl.yaml jsonl="$work/rows.jsonl"
build Recipes/instruction/json.yaml json="$work/rows.json"
build Recipes/instruction/mixed.yaml notes="$samples/notes.tar.gz" abstracts="$samples/abstracts.xml.gz" questions="$samples/questions.zip"
build Recipes/pre-training/pubmed-text.yaml abstracts="$samples/abstracts.xml.gz"

[ -n "${MATERIA_SHARED:-}" ] || { echo "no shared corpora: real archives were not built"; exit 0; }
corpora="$MATERIA_SHARED/corpora"
build Recipes/instruction/medquad.yaml medquad="$corpora/medquad/MedQuAD-master.zip"
build Recipes/instruction/pubmedqa.yaml pubmedqa="$corpora/pubmedqa/pubmedqa.zip"
build Recipes/instruction/pubmedqa-long-form.yaml pubmedqa="$corpora/pubmedqa/pubmedqa.zip"
build Recipes/instruction/mts-dialog.yaml mts-dialog="$corpora/mts-dialog/MTS-Dialog.zip"
build Recipes/instruction/abstracts.yaml abstracts="$corpora/pubmed-medline/baseline/*.xml.gz"
build Recipes/instruction/mixed.yaml notes="$samples/notes.tar.gz" abstracts="$corpora/pubmed-medline/baseline/*.xml.gz" questions="$corpora/medquad/MedQuAD-master.zip"
