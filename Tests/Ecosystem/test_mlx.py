"""MLX-LM: its command trains on the folder and the file as they are, on the CPU."""
import sys

import mlx_lm.lora
import pytest
import yaml
from mlx_lm.tuner.datasets import load_local_dataset

import tiny
from support import edit, rows


def train(folder, **changes):
    settings = yaml.safe_load((folder / "training/mlx.yaml").read_text()) | changes
    (folder / "training/trial.yaml").write_text(yaml.safe_dump(settings))
    before = sys.argv
    sys.argv = ["mlx_lm.lora", "--config", "training/trial.yaml"]
    try:
        mlx_lm.lora.main()
    finally:
        sys.argv = before


@pytest.mark.parametrize("folder", ["three-corpora", "plain-text"])
def test_the_emitted_file_trains(request, folder):
    data = request.getfixturevalue("dataset" if folder == "three-corpora" else "text_dataset")
    train(data, iters=2, val_batches=1)
    assert (data / "trained-lora-mlx/adapters.safetensors").is_file()


def test_every_key_is_one_of_its_own(built):
    """MLX-LM ignores what it does not know."""
    known = set(mlx_lm.lora.CONFIG_DEFAULTS)
    assert set(yaml.safe_load((built / "training/mlx.yaml").read_text())) <= known
    assert "lora_alpha" not in known


def test_its_reader_keeps_every_row_and_masks_the_prompt(dataset):
    class Settings:
        mask_prompt = True

    made = load_local_dataset(dataset / "mlx", tiny.tokenizer(), Settings)
    for name, split in zip(("train", "valid", "test"), made):
        assert len(split) == len(rows(dataset / f"mlx/{name}.jsonl"))
        for index in range(len(split)):
            tokens, offset = split.process(split[index])
            assert 0 < offset < len(tokens)


def test_a_blank_line_is_refused(dataset):
    edit(dataset / "mlx/train.jsonl", "}\n", "}\n\n", count=1)
    with pytest.raises(ValueError):
        train(dataset, iters=1)


def test_a_split_under_another_name_is_not_read(dataset):
    """`validation.jsonl` is for others: MLX-LM would train without one."""
    (dataset / "mlx/valid.jsonl").rename(dataset / "mlx/validation.jsonl")

    class Settings:
        mask_prompt = True

    assert len(load_local_dataset(dataset / "mlx", tiny.tokenizer(), Settings)[1]) == 0
