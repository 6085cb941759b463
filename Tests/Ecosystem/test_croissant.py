"""mlcroissant: the description is valid without a warning, and its records are the rows."""
import json

import mlcroissant
import pytest
from mlcroissant import ValidationError
from mlcroissant._src.core.issues import GenerationError

from support import edit, edit_json, rows


def described(folder):
    return mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))


def test_it_is_valid_and_names_responsible_ai(built):
    made = described(built)
    assert not made.metadata.ctx.issues.errors and not made.metadata.ctx.issues.warnings
    document = json.loads((built / "croissant.json").read_text())
    assert any("croissant/RAI" in version for version in document["conformsTo"])
    assert document["rai:dataPreprocessingProtocol"] and document["rai:personalSensitiveInformation"]


@pytest.mark.parametrize("dialect, column", [("alpaca", "output"), ("prompt-completion", None), ("messages", None)])
def test_its_records_are_the_rows(built, dialect, column):
    for split in ("train", "validation", "test"):
        name = f"{dialect}/{split}"
        records = list(described(built).records(record_set=name))
        data = rows(built / dialect / f"{split}.jsonl")
        assert len(records) == len(data)
        if column:
            assert [record[f"{name}/{column}"].decode() for record in records] == [row[column] for row in data]


def test_a_digest_that_is_wrong_is_refused(dataset):
    edit(dataset / "alpaca/train.jsonl", "the", "teh", count=1)
    with pytest.raises(GenerationError, match="alpaca/train.jsonl"):
        list(described(dataset).records(record_set="alpaca/train"))


def test_a_description_without_a_licence_is_warned_of(dataset):
    edit_json(dataset / "croissant.json", lambda document: document.pop("license"))
    assert any("license" in warning for warning in described(dataset).metadata.ctx.issues.warnings)


@pytest.mark.parametrize("change", [
    pytest.param(lambda document: document["recordSet"][0]["field"][0]["subField"][0]["source"].update(
        extract={"column": "gone"}), id="a column that is not there"),
    pytest.param(lambda document: document["distribution"].pop(0), id="a file that is not listed"),
])
def test_a_broken_description_is_refused(dataset, change):
    edit_json(dataset / "croissant.json", change)
    with pytest.raises((GenerationError, ValidationError)):
        made = described(dataset)
        for record_set in made.metadata.record_sets:
            list(made.records(record_set=record_set.id))
