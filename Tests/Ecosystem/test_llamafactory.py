"""LLaMA-Factory: its parser takes the file, its loader keeps every row and learns the answers only."""
import importlib.machinery
import os
import sys
import types

# Its pins are older than the other tools'; and it imports torchaudio for data that is not ours.
os.environ["DISABLE_VERSION_CHECK"] = "1"
if "torchaudio" not in sys.modules:
    absent = types.ModuleType("torchaudio")
    absent.__spec__ = importlib.machinery.ModuleSpec("torchaudio", None)
    sys.modules["torchaudio"] = absent

import pytest
import yaml
from llamafactory.data import get_dataset, get_template_and_fix_tokenizer
from llamafactory.hparams import get_train_args

import tiny
from support import edit, edit_json, rows


def parsed(folder, **changes):
    settings = yaml.safe_load((folder / "training/llamafactory.yaml").read_text())
    # A machine without a GPU refuses bf16; the file is judged for one that has it.
    return get_train_args(settings | {"bf16": False, "use_cpu": True, "overwrite_cache": True} | changes)


def loaded(folder):
    """The training rows and those it is evaluated on, as the trainer gets them."""
    model, data, training, _, _ = parsed(folder)
    tokenizer = tiny.tokenizer()
    template = get_template_and_fix_tokenizer(tokenizer, data)
    made = get_dataset(template, model, data, training, stage="sft", tokenizer=tokenizer, processor=None)
    return tokenizer, made["train_dataset"], made["eval_dataset"]


def test_every_row_is_kept_and_the_loss_falls_on_the_answers(dataset):
    tokenizer, *sets = loaded(dataset)
    for split, made in zip(("train", "validation"), sets):
        data = rows(dataset / f"llama-factory/{split}.jsonl")
        made = list(made)
        assert len(made) == len(data)
        for row, tokens in zip(data, made):
            learned = [label for label in tokens["labels"] if label != -100]
            text = tokenizer.decode(learned, skip_special_tokens=True)
            assert text.strip() == row["conversations"][-1]["value"].strip()


def test_a_key_that_it_does_not_know_is_refused(dataset):
    with pytest.raises(ValueError):
        parsed(dataset, lora_r=8)


def test_an_adapter_that_it_has_not_is_refused(dataset):
    with pytest.raises(AssertionError, match="fine-tuning method"):
        parsed(dataset, finetuning_type="prefix_tuning")


def test_a_description_without_a_tag_is_refused(dataset):
    """A tag that is not named is null there, whatever its default is."""
    def drop(info):
        for entry in info.values():
            del entry["tags"]["role_tag"]
    edit_json(dataset / "llama-factory/dataset_info.json", drop)
    with pytest.raises(KeyError, match="None"):
        loaded(dataset)


def test_a_file_that_is_not_there_is_refused(dataset):
    edit(dataset / "llama-factory/dataset_info.json", "train.jsonl", "gone.jsonl")
    with pytest.raises(ValueError, match="gone.jsonl"):
        loaded(dataset)
