"""The scripts of ../shared/checks, where they are at hand: they accept what was emitted, and refuse it
when one thing is broken."""
import json
import os
import pathlib
import subprocess
import sys

import pytest

from conftest import HERE, ROOT, build, copied
from support import edit, edit_json, run_script

SHARED = pathlib.Path(os.environ.get("MATERIA_SHARED", ROOT.parent / "shared"))
CHECKS = SHARED / "checks"
pytestmark = pytest.mark.skipif(not CHECKS.is_dir(), reason="the shared checks are not at hand")


def verdict(script, *arguments):
    """0 when accepted, 1 when refused; anything else is a failure of the check itself."""
    if script == "check_mlx":
        # It puts a stub in the place of mlx_lm, which other tests need.
        command = [sys.executable, CHECKS / f"{script}.py", *arguments]
        code = subprocess.run(command, capture_output=True).returncode
    else:
        code, _ = run_script(CHECKS / f"{script}.py", *arguments)
    assert code in (0, 1), f"{script} ended with {code}"
    return code


def schema(name):
    return ROOT / f"Schemas/{name}.schema.json"


def in_json(path, change):
    return lambda folder: edit_json(folder / path, change)


def in_text(path, old, new, times=-1):
    return lambda folder: edit(folder / path, old, new, times)


def adapter(name, change):
    return in_json(f"training/{name}/adapter_config.json", change)


NURSE = in_text("messages/train.jsonl", '"role":"assistant"', '"role":"nurse"', 1)
TRAIN = ["--max-length", "8192", "--steps", "2"]
# Each check with the one thing that it must not let pass.
CASES = [
    (["check_peft_config", "training/lora"], adapter("lora", lambda config: config.update(rank=8))),
    (["check_peft_config", "training/prefix-tuning"],
     adapter("prefix-tuning", lambda config: config.update(peft_type="PREFIX"))),
    (["check_peft_config", "training/prompt-tuning"],
     adapter("prompt-tuning", lambda config: config.pop("num_virtual_tokens"))),
    (["check_peft_config", "training/p-tuning"],
     adapter("p-tuning", lambda config: config.update(encoder_kind="MLP"))),
    (["check_peft_config", "training/ia3"],
     adapter("ia3", lambda config: config.update(target_modules=["gone"]))),
    (["check_trl_data", "messages/train.jsonl", "messages/validation.jsonl", *TRAIN], NURSE),
    (["check_trl_data", "prompt-completion/train.jsonl", *TRAIN],
     in_text("prompt-completion/train.jsonl", '{"prompt":', '{"labels":[1],"prompt":')),
    (["check_trl_config", "training/trl.yaml", "--load-data"],
     in_text("training/trl.yaml", "max_length:", "max_seq_length:")),
    (["check_axolotl_config", "training/axolotl.yaml", "--data"],
     in_text("training/axolotl.yaml", "lora_r:", "lora_rank:")),
    (["check_llamafactory", "--config", "training/llamafactory.yaml", "--dataset-dir", "llama-factory"],
     in_text("llama-factory/dataset_info.json", "system_tag", "system_tog")),
    (["check_mlx", "--data", "mlx", "--config", "training/mlx.yaml"],
     in_text("training/mlx.yaml", "scale:", "alpha:")),
    (["check_lm_eval", "training/lm-eval"],
     in_text("training/lm-eval/task.yaml", "prompt-completion/test", "prompt-completion/gone")),
    (["check_openai_chat", "openai-chat/train.jsonl"],
     in_text("openai-chat/train.jsonl", '{"messages":', '{"meta":{},"messages":', 1)),
    (["check_hf_card", "."], in_text("README.md", "num_examples: ", "num_examples: 9")),
    (["check_croissant", "croissant.json", "--rai", "--strict"], in_text("messages/train.jsonl", "the", "teh", 1)),
    (["check_jsonschema", schema("messages"), "messages/train.jsonl"], NURSE),
    (["check_jsonschema", schema("manifest"), "--whole", "manifest.json"],
     in_json("manifest.json", lambda manifest: manifest.pop("splits"))),
]


IDS = [f"{command[0]} {pathlib.Path(command[1]).name}" for command, _ in CASES]


@pytest.mark.parametrize("command, change", CASES, ids=IDS)
def test_it_accepts_what_was_emitted_and_refuses_what_is_broken(dataset, command, change):
    assert verdict(*command) == 0
    change(dataset)
    assert verdict(*command) == 1


@pytest.fixture(scope="module")
def real(work):
    """A dataset of three published corpora, 400 records of each."""
    archives = {"medquad": "medquad/MedQuAD-master.zip", "pubmedqa": "pubmedqa/pubmedqa.zip",
                "dialogues": "mts-dialog/MTS-Dialog.zip"}
    options = [f"--source={name}={SHARED / 'corpora' / path}" for name, path in archives.items()]
    return build(HERE / "real-corpora.yaml", work / "real-corpora", *options, "--limit", "400")


@pytest.mark.parametrize("command", [command for command, _ in CASES], ids=IDS)
def test_it_accepts_what_was_made_of_published_corpora(real, work, request, monkeypatch, command):
    copied(real, work, request, monkeypatch)
    assert verdict(*command) == 0


def test_plain_text_is_accepted(text_dataset):
    assert verdict("check_trl_data", "text/train.jsonl", *TRAIN) == 0
    assert verdict("check_axolotl_config", "training/axolotl.yaml", "--data") == 0
    assert verdict("check_mlx", "--data", "mlx", "--config", "training/mlx.yaml") == 0


def test_croissant_gives_every_row(dataset):
    count = len((dataset / "messages/train.jsonl").read_text().splitlines())
    assert verdict("check_croissant", "croissant.json", "--expect", f"messages/train={count}") == 0
    assert verdict("check_croissant", "croissant.json", "--expect", f"messages/train={count + 1}") == 1
