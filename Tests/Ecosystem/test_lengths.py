"""transformers: the manifest's lengths are those of the base model's own tokenizer and chat template."""
import json

import pytest
import yaml

import tiny
from support import rows


def counted(folder):
    return json.loads((folder / "manifest.json").read_text())["lengths"]


def measured(row):
    tokenizer = tiny.tokenizer()
    if "messages" in row:
        return len(tokenizer.apply_chat_template(row["messages"], return_dict=False))
    # Trainers put the end mark behind plain text.
    return len(tokenizer(row["text"]).input_ids) + 1


@pytest.mark.parametrize("folder, dialect", [("built", "messages"), ("built_text", "text")])
@pytest.mark.parametrize("split", ["train", "validation", "test"])
def test_lengths_are_those_of_the_model(request, folder, dialect, split):
    data = request.getfixturevalue(folder)
    lengths = counted(data)
    assert lengths["count"] == "exact"
    expected = sorted(map(measured, rows(data / dialect / f"{split}.jsonl")))
    said = lengths[split]
    assert (said["rows"], said["min"], said["max"], said["tokens"]) == (
        len(expected), expected[0], expected[-1], sum(expected))
    assert expected[(len(expected) - 1) // 2] <= said["p50"] <= expected[len(expected) // 2]


def test_trainers_are_given_the_length_of_the_longest_row(built):
    lengths = counted(built)
    longest = max(lengths[split]["max"] for split in ("train", "validation"))
    length = lengths["sequence_tokens"]
    assert longest <= length < longest + 64
    training = built / "training"
    assert yaml.safe_load((training / "trl.yaml").read_text())["max_length"] == length
    assert yaml.safe_load((training / "axolotl.yaml").read_text())["sequence_len"] == length
    assert yaml.safe_load((training / "llamafactory.yaml").read_text())["cutoff_len"] == length
    assert yaml.safe_load((training / "mlx.yaml").read_text())["max_seq_length"] == length
