"""Rows in other forms than JSON lines, and preferences: what their readers make of them."""
import json

import datasets
import pyarrow.parquet
import pytest
import yaml
from trl import data_utils
from trl.scripts import dpo

from conftest import ROOT, build

PARQUET = ["messages", "prompt-completion", "alpaca", "llama-factory"]


@pytest.fixture(scope="module")
def formats(work):
    return build(ROOT / "Recipes/formats.yaml", work / "formats")


@pytest.fixture(scope="module")
def sentences(work):
    return build(ROOT / "Recipes/pre-training/bert-lines.yaml", work / "sentences",
                 "--source", f"abstracts={ROOT / 'Recipes/samples/abstracts.xml.gz'}")


@pytest.fixture(scope="module")
def preferences(work):
    return build(ROOT / "Recipes/instruction/medqa-preference.yaml", work / "preferences",
                 "--source", f"medqa={ROOT / 'Tests/CorporaTests/Fixtures/medqa'}")


def listed(folder, dialect):
    files = json.loads((folder / "manifest.json").read_text())["files"]
    return {file["path"]: file["rows"] for file in files if file["path"].startswith(f"{dialect}/") and "rows" in file}


@pytest.mark.parametrize("dialect", PARQUET)
def test_parquet_has_every_row_and_the_columns_of_datasets(formats, dialect):
    files = listed(formats, dialect)
    assert files
    for path, count in files.items():
        file = pyarrow.parquet.ParquetFile(formats / path, page_checksum_verification=True)
        table = file.read()
        assert table.num_rows == count
        assert file.metadata.created_by.startswith("materia version ")
        told = json.loads(file.schema_arrow.metadata[b"huggingface"])["info"]["features"]
        assert datasets.Features.from_dict(told).arrow_schema.equals(table.schema)


def test_the_card_opens_parquet_by_name(formats):
    made = datasets.load_dataset(str(formats), "messages", cache_dir=str(formats.parent / "cache" / "formats"))
    counts = json.loads((formats / "manifest.json").read_text())["splits"]
    assert {split: data.num_rows for split, data in made.items()} == {
        split: value["examples"] for split, value in counts.items()}


def test_rows_of_a_licence_have_files_of_their_own(formats):
    names = {path.split("/")[1] for path in listed(formats, "sharegpt")}
    assert {"train.cc0-1.0.jsonl.gz", "train.mit.jsonl.gz"} <= names


def test_task_documents_are_whole(formats):
    for path, count in listed(formats, "super-natural-instructions").items():
        document = json.loads((formats / path).read_text())
        assert len(document["Instances"]) == count
        assert all(instance["input"] and len(instance["output"]) == 1 for instance in document["Instances"])
        for key in ("Contributors", "Source", "Categories", "Definition", "Input_language", "Output_language",
                    "Instruction_language", "Positive Examples", "Negative Examples", "Domains"):
            assert isinstance(document[key], list)


def test_sentences_are_lines_and_documents_end_with_a_blank_one(sentences):
    for path, count in listed(sentences, "bert-lines").items():
        made = datasets.load_dataset("text", data_files=str(sentences / path), split="train",
                                     cache_dir=str(sentences.parent / "cache" / "sentences"))
        assert sum(line == "" for line in made["text"]) == count
        assert made["text"][-1] == ""


def test_trl_trains_on_preferences(preferences, monkeypatch):
    monkeypatch.chdir(preferences)
    settings = yaml.safe_load((preferences / "training/trl.yaml").read_text()) | {
        "model_name_or_path": "../tiny-llama-3", "use_cpu": True, "bf16": False, "dtype": "float32", "max_steps": 2,
        "output_dir": str(preferences.parent / "trained-dpo")}
    trial = preferences.parent / "dpo.yaml"
    trial.write_text(yaml.safe_dump(settings))
    dpo.main(*dpo.make_parser().parse_args_and_config(args=["--config", str(trial)], fail_with_unknown_args=True))
    assert (preferences.parent / "trained-dpo/adapter_model.safetensors").is_file()


def test_trl_takes_preferences_for_conversations(preferences):
    path = next(iter(listed(preferences, "preference")))
    made = datasets.load_dataset("json", data_files=str(preferences / path), split="train",
                                 cache_dir=str(preferences.parent / "cache" / "preferences"))
    for row in made:
        assert data_utils.is_conversational(row)
        assert row["chosen"] != row["rejected"]
        assert row["prompt"][-1]["role"] == "user"
    config = yaml.safe_load((preferences / "training/trl.yaml").read_text())
    assert config["datasets"][0]["data_files"].startswith("preference/train")
