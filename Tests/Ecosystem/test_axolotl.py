"""Axolotl: its validator takes the file, its prompt strategies learn the answers and nothing else."""
import pydantic
import pytest
import yaml
from axolotl.prompt_strategies import load
from axolotl.utils.dict import DictDefault
from axolotl.utils.schemas.config import AxolotlInputConfig
from axolotl.utils.schemas.datasets import SFTDataset

import tiny
from support import edit, rows


def settings(folder):
    return yaml.safe_load((folder / "training/axolotl.yaml").read_text())


def known(model):
    return {name for name in model.model_fields} | {
        field.alias for field in model.model_fields.values() if field.alias}


@pytest.mark.parametrize("folder", ["built", "built_text"])
def test_its_validator_takes_the_file(request, folder):
    """Unknown keys are ignored there in silence, so they are looked for."""
    config = settings(request.getfixturevalue(folder))
    assert AxolotlInputConfig(**config).adapter == "lora"
    assert set(config) <= known(AxolotlInputConfig)
    for entry in config["datasets"] + config["test_datasets"]:
        assert set(entry) <= known(SFTDataset)


def test_the_loss_falls_on_the_answers_only(dataset):
    config = settings(dataset)
    for entry in config["datasets"] + config["test_datasets"]:
        strategy = load(entry["type"], tiny.tokenizer(), DictDefault(config), DictDefault(entry))
        data = rows(dataset / entry["path"])
        assert data
        for row in data:
            labels = strategy.tokenize_prompt(row)["labels"]
            learned = tiny.tokenizer().decode([label for label in labels if label != -100], skip_special_tokens=True)
            assert learned.strip() == row["messages"][-1]["content"].strip()


def test_plain_text_is_learned_whole(text_dataset):
    config = settings(text_dataset)
    for entry in config["datasets"]:
        strategy = load(entry["type"], tiny.tokenizer(), DictDefault(config), DictDefault(entry))
        made = strategy.tokenize_prompt({"text": [row["text"] for row in rows(text_dataset / entry["path"])]})
        assert all(-100 not in labels for labels in made["labels"])


@pytest.mark.parametrize("old, new", [
    pytest.param("adapter: lora", "adapter: prefix_tuning", id="an adapter that it has not"),
    pytest.param("adapter: lora", "adapter: qlora", id="QLoRA without four bits"),
    pytest.param("micro_batch_size: 2", "micro_batch_size: many", id="a word for a number"),
])
def test_a_broken_file_is_refused(dataset, old, new):
    edit(dataset / "training/axolotl.yaml", old, new)
    with pytest.raises((pydantic.ValidationError, ValueError)):
        AxolotlInputConfig(**settings(dataset))


def test_a_role_that_it_does_not_know_is_refused(dataset):
    config = settings(dataset)
    entry = config["datasets"][0]
    edit(dataset / entry["path"], '"role":"assistant"', '"role":"nurse"')
    strategy = load(entry["type"], tiny.tokenizer(), DictDefault(config), DictDefault(entry))
    labels = strategy.tokenize_prompt(rows(dataset / entry["path"])[0])["labels"]
    assert all(label == -100 for label in labels)
