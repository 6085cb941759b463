"""Unsloth: its command's own reader takes the file. Its trainer needs a GPU and is not run."""
import importlib.util

import pytest

from support import edit


def reader():
    """The module of the command's settings alone: the package around it asks for a GPU."""
    root = importlib.util.find_spec("unsloth_cli").submodule_search_locations[0]
    spec = importlib.util.spec_from_file_location("unsloth_settings", f"{root}/config.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_its_reader_takes_the_file(dataset):
    config = reader().load_config(dataset / "training/unsloth.yaml")
    assert config.model == "../tiny-llama-3"
    assert [(dataset / path).is_file() for path in config.data.local_dataset] == [True]
    assert config.training.max_seq_length > 0 and config.training.train_on_completions


@pytest.mark.parametrize("old, new", [
    pytest.param("lora_r:", "rank:", id="unknown key"),
    pytest.param("training_type: lora", "training_type: prefix", id="an adapter that it has not"),
])
def test_a_broken_file_is_refused(dataset, old, new):
    edit(dataset / "training/unsloth.yaml", old, new)
    module = reader()
    with pytest.raises(module.ConfigError):
        module.load_config(dataset / "training/unsloth.yaml")
