"""datasets and the hub's card: every dialect loads, with every row and without a column of nulls."""
import json

import datasets
import huggingface_hub
import pytest
import yaml

from support import edit, rows

DIALECTS = [
    "prompt-completion", "messages", "openai-chat", "alpaca", "sharegpt", "llama-factory", "mlx", "nemo", "together",
    "vertex-gemini", "bedrock",
]


def load(folder, config):
    return datasets.load_dataset(str(folder), config, cache_dir=str(folder.parent / "cache" / folder.name))


def kinds(feature):
    """The names of the types in a feature."""
    if isinstance(feature, dict):
        return {name for part in feature.values() for name in kinds(part)}
    if hasattr(feature, "feature"):
        return kinds(feature.feature)
    return {getattr(feature, "dtype", None) or type(feature).__name__.lower()}


def test_every_dialect_is_here(built):
    emitted = yaml.safe_load((built / "recipe.lock.yaml").read_text())["recipe"]["emit"]
    assert sorted(entry["dialect"] for entry in emitted) == sorted(DIALECTS)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_dialect_loads_whole(built, dialect):
    listed = {
        file["path"]: file["rows"] for file in json.loads((built / "manifest.json").read_text())["files"]
        if file["path"].startswith(f"{dialect}/") and "rows" in file}
    assert listed
    shapes = []
    for path, count in listed.items():
        made = datasets.load_dataset("json", data_files=str(built / path), split="train",
                                     cache_dir=str(built.parent / "cache" / "files"))
        assert made.num_rows == count == len(rows(built / path))
        # Without a system message Amazon's form has an empty list, of which no loader can tell the type.
        features = [made.features[name] for name in made.features if (dialect, name) != ("bedrock", "system")]
        assert not {"null", "json"} & {name for feature in features for name in kinds(feature)}
        shapes.append(made.features)
    assert all(shape == shapes[0] for shape in shapes)


def test_the_card_opens_every_dialect(built):
    card = huggingface_hub.DatasetCard.load(built / "README.md")
    configs = [config["config_name"] for config in card.data.to_dict()["configs"]]
    assert sorted(configs) == sorted(DIALECTS)
    manifest = json.loads((built / "manifest.json").read_text())
    for config in configs:
        made = load(built, config)
        assert {split: data.num_rows for split, data in made.items()} == {
            split: counts["examples"] for split, counts in manifest["splits"].items() if counts["examples"]}


def test_a_card_with_a_wrong_count_is_refused(dataset):
    count = load(dataset, "messages")["train"].num_rows
    edit(dataset / "README.md", f"num_examples: {count}", f"num_examples: {count + 1}")
    with pytest.raises(datasets.exceptions.NonMatchingSplitsSizesError):
        datasets.load_dataset(str(dataset), "messages", cache_dir=str(dataset / "cache"))


def test_a_row_of_another_type_shows(dataset):
    """What the shape's comparison is there to find."""
    path = dataset / "alpaca/train.jsonl"
    first = rows(path)[0]
    edit(path, json.dumps(first["output"], ensure_ascii=False), "17", count=1)
    made = datasets.load_dataset("json", data_files=str(path), split="train", cache_dir=str(dataset / "cache"))
    assert "json" in {name for feature in made.features.values() for name in kinds(feature)}
