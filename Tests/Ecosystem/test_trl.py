"""TRL: its own parser takes trl.yaml, its trainer learns the answers and nothing else."""
import datasets
import pytest
import trl
import yaml
from trl.scripts import sft

import tiny
from support import edit, rows

# A machine without a GPU refuses bf16; the file is judged for one that has it.
TRIAL = {"use_cpu": True, "bf16": False, "dtype": "float32", "max_steps": 2, "output_dir": "trained"}


def parse(path, **changes):
    settings = yaml.safe_load(path.read_text()) | changes
    trial = path.with_name("trial.yaml")
    trial.write_text(yaml.safe_dump(settings))
    return sft.make_parser().parse_args_and_config(args=["--config", str(trial)], fail_with_unknown_args=True)


def prepared(files, **settings):
    """The training set as SFTTrainer prepares it."""
    data = datasets.load_dataset("json", data_files=[str(file) for file in files], split="train")
    trainer = trl.SFTTrainer(
        model=tiny.model(), train_dataset=data, processing_class=tiny.tokenizer(),
        args=trl.SFTConfig(
            output_dir="prepared", max_length=8192, use_cpu=True, bf16=False, report_to="none", **settings))
    return data, trainer.train_dataset


def answers(prepared_rows):
    """The texts that the loss falls on, end mark left out."""
    tokenizer = tiny.tokenizer()
    for row in prepared_rows:
        labels = row.get("labels")
        if labels is None:
            mask = row.get("completion_mask") or row["assistant_masks"]
            labels = [token if on else -100 for token, on in zip(row["input_ids"], mask)]
        yield tokenizer.decode([label for label in labels if label != -100], skip_special_tokens=True)


@pytest.mark.parametrize("folder", ["three-corpora", "plain-text"])
def test_the_emitted_file_trains(request, folder):
    data = request.getfixturevalue("dataset" if folder == "three-corpora" else "text_dataset")
    sft.main(*parse(data / "training/trl.yaml", **TRIAL))
    assert (data / "trained/adapter_model.safetensors").is_file()


def test_nothing_is_cut(dataset):
    """TRL's own limit would be 1,024 tokens, without a word."""
    length = yaml.safe_load((dataset / "training/trl.yaml").read_text())["max_length"]
    template = tiny.tokenizer()
    for row in rows(dataset / "messages/train.jsonl"):
        assert len(template.apply_chat_template(row["messages"], return_dict=False)) <= length


def test_the_loss_falls_on_the_completion_only(dataset):
    data, made = prepared([dataset / "prompt-completion/train.jsonl"])
    assert len(made) == len(data)
    assert [text.strip() for text in answers(made)] == [row["completion"][-1]["content"].strip() for row in data]


def test_the_loss_falls_on_the_assistant_only(dataset):
    data, made = prepared([dataset / "messages/train.jsonl"], assistant_only_loss=True)
    assert len(made) == len(data)
    assert [text.strip() for text in answers(made)] == [row["messages"][-1]["content"].strip() for row in data]


def test_an_unknown_key_is_refused(dataset):
    with pytest.raises(ValueError, match="max_seq_length"):
        parse(dataset / "training/trl.yaml", **TRIAL, max_seq_length=512)


def test_a_missing_file_is_refused(dataset):
    edit(dataset / "training/trl.yaml", "prompt-completion/train.jsonl", "prompt-completion/gone.jsonl")
    with pytest.raises(FileNotFoundError):
        sft.main(*parse(dataset / "training/trl.yaml", **TRIAL))


def test_alpaca_does_not_train(dataset):
    """What keeps the planner from handing it to TRL."""
    with pytest.raises(KeyError, match="text"):
        prepared([dataset / "alpaca/train.jsonl"])


def test_sharegpt_keeps_roles_that_no_template_knows(dataset):
    """TRL renames the keys of ShareGPT and not its roles: another that the planner keeps from it."""
    _, made = prepared([dataset / "sharegpt/train.jsonl"])
    assert "<|start_header_id|>gpt<|end_header_id|>" in tiny.tokenizer().decode(made[0]["input_ids"])
