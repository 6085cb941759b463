#!/usr/bin/env bash
# Has the real peft, trl, datasets, axolotl, LLaMA-Factory, MLX-LM and lm-eval judge what a build emitted, and shows that they
# can say no. Installs them into .venv-judge; needs the scripts of ../shared/checks.
set -euo pipefail
materia="$1"
shared="${MATERIA_SHARED:-$PWD/../shared}"
checks="$shared/checks"
[ -d "$checks" ] || { echo "no shared checks: the judges were not asked"; exit 0; }
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

venv="$PWD/.venv-judge"
if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -c 'import trl, peft, jsonschema, omegaconf' 2>/dev/null; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check "torch==2.13.0+cpu"
  grep -v '^#' "$checks/requirements.txt" > "$work/requirements.txt"
  "$venv/bin/pip" install -q --disable-pip-version-check -r "$work/requirements.txt"
  grep -v '^#' "$checks/requirements-nodeps.txt" > "$work/requirements.txt"
  "$venv/bin/pip" install -q --disable-pip-version-check --no-deps -r "$work/requirements.txt"
fi
python="$venv/bin/python"

"$materia" build Recipes/quickstart.yaml --output "$work/out" --quiet
"$materia" build Recipes/every-trainer.yaml --output "$work/all" --quiet
"$materia" build Recipes/pre-training/pubmed-text.yaml \
  --source abstracts=Recipes/samples/abstracts.xml.gz --output "$work/text" --quiet

for dialect in messages prompt-completion; do
  "$python" "$checks/check_trl_data.py" "$work/out/$dialect"/*.jsonl
done
"$python" "$checks/check_trl_data.py" "$work/text/text"/*.jsonl
for adapter in lora prefix-tuning prompt-tuning p-tuning ia3; do
  "$python" "$checks/check_peft_config.py" "$work/all/training/$adapter"
done
# The trainers' files name paths from the dataset's folder.
(
  cd "$work/all"
  "$python" "$checks/check_openai_chat.py" openai-chat/train.jsonl
  "$python" "$checks/check_trl_config.py" training/trl.yaml --load-data
  "$python" "$checks/check_axolotl_config.py" training/axolotl.yaml --data
  "$python" "$checks/check_llamafactory.py" --config training/llamafactory.yaml --dataset-dir llama-factory
  "$python" "$checks/check_mlx.py" --data mlx --config training/mlx.yaml
  "$python" "$checks/check_lm_eval.py" training/lm-eval
)
schema() { "$python" "$checks/check_jsonschema.py" "Schemas/$1.schema.json" "${@:2}"; }
schema messages "$work/out/messages"/*.jsonl
schema prompt-completion-conversational "$work/out/prompt-completion"/*.jsonl
schema alpaca "$work/out/alpaca"/*.jsonl
schema sharegpt "$work/out/sharegpt"/*.jsonl
for dialect in openai-chat nemo together vertex-gemini bedrock; do
  schema "$dialect" "$work/all/$dialect"/*.jsonl
done
schema text "$work/text/text"/*.jsonl
schema provenance "$work/out/provenance"/*.jsonl
schema rejection "$work/out/rejected.jsonl"
schema duplicate "$work/out/duplicates.jsonl"
schema manifest --whole "$work/out/manifest.json"

"$python" "$checks/check_hf_card.py" "$work/all"
"$python" "$checks/check_croissant.py" "$work/all/croissant.json" --rai --strict \
  --expect "messages/train=$(wc -l < "$work/all/messages/train.jsonl")"

# A judge that accepts everything proves nothing.
sed '1s/"role":"assistant"/"role":"nurse"/' "$work/out/messages/test.jsonl" > "$work/broken.jsonl"
if schema messages "$work/broken.jsonl" > "$work/verdict" 2>&1; then
  echo "the judge accepted a role that does not exist"; exit 1
fi
if "$materia" validate "$work/broken.jsonl" --schema messages --quiet 2> "$work/verdict"; then
  echo "'materia validate' accepted a role that does not exist"; exit 1
fi
sed 's/"system_tag":"system"/"system_tog":"system"/' "$work/all/llama-factory/dataset_info.json" \
  > "$work/info.json" && mv "$work/info.json" "$work/all/llama-factory/dataset_info.json"
if "$python" "$checks/check_llamafactory.py" --dataset-dir "$work/all/llama-factory" > "$work/verdict" 2>&1; then
  echo "the judge accepted a tag that does not exist"; exit 1
fi
echo "the judges accept what was emitted, and refuse what was broken on purpose"
