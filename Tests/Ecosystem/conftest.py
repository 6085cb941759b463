"""Fixtures: the tiny base model, and what `materia build` made for it."""
import os
import pathlib
import shutil
import subprocess

# Before any import of a library that would ask a hub.
for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE", "TRANSFORMERS_OFFLINE"):
    os.environ.setdefault(name, "1")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import pytest

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[1]
MATERIA = os.environ.get("MATERIA_BINARY", str(ROOT / ".build/release/materia"))


def build(recipe, folder, *options):
    """Builds a recipe beside the base model, whose own tokenizer counts the tokens where there is training."""
    if "\ntraining:" in recipe.read_text():
        options += ("--tokenizer", str(folder.parent / "tiny-llama-3/tokenizer.json"))
    subprocess.run([MATERIA, "build", str(recipe), "--output", str(folder), "--quiet", *options], check=True)
    return folder


@pytest.fixture(scope="session")
def work(tmp_path_factory):
    """A folder with the tiny base model in it, where datasets are built beside it."""
    import tiny

    folder = tmp_path_factory.mktemp("ecosystem")
    os.environ["HF_HOME"] = str(folder / "hub")
    tiny.save(folder / "tiny-llama-3")
    return folder


@pytest.fixture(scope="session")
def built(work):
    """The dataset of three corpora, as built. Nobody writes into it."""
    return build(HERE / "three-corpora.yaml", work / "three-corpora")


@pytest.fixture(scope="session")
def built_text(work):
    """The dataset of plain text, as built. Nobody writes into it."""
    return build(HERE / "plain-text.yaml", work / "plain-text")


@pytest.fixture
def dataset(built, work, request, monkeypatch):
    """A copy of the dataset beside the base model, to train in or to break; the current folder."""
    return copied(built, work, request, monkeypatch)


@pytest.fixture
def text_dataset(built_text, work, request, monkeypatch):
    """A copy of the dataset of plain text; the current folder."""
    return copied(built_text, work, request, monkeypatch)


def copied(source, work, request, monkeypatch):
    folder = work / "copy"
    shutil.copytree(source, folder)
    monkeypatch.chdir(folder)
    request.addfinalizer(lambda: shutil.rmtree(folder))
    return folder
