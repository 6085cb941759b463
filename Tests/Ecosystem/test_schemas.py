"""python-jsonschema: every row of every dialect and side file has the published schema's form."""
import json
import pathlib

import jsonschema
import pytest

from support import rows

SCHEMAS = pathlib.Path(__file__).parents[2] / "Schemas"
ROWS = {
    "messages": "messages", "prompt-completion": "prompt-completion-conversational", "alpaca": "alpaca",
    "sharegpt": "sharegpt", "openai-chat": "openai-chat", "nemo": "nemo", "together": "together",
    "vertex-gemini": "vertex-gemini", "bedrock": "bedrock", "provenance": "provenance",
}


def validator(name):
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


@pytest.mark.parametrize("folder", list(ROWS))
def test_rows_have_the_form_of_their_schema(built, folder):
    files = sorted((built / folder).glob("*.jsonl"))
    assert files
    judge = validator(ROWS[folder])
    for file in files:
        for row in rows(file):
            judge.validate(row)


@pytest.mark.parametrize("file, name", [("rejected.jsonl", "rejection"), ("duplicates.jsonl", "duplicate")])
def test_side_files_have_the_form_of_their_schema(built, file, name):
    data = rows(built / file)
    assert data
    for row in data:
        validator(name).validate(row)


def test_the_manifest_has_the_form_of_its_schema(built):
    validator("manifest").validate(json.loads((built / "manifest.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("folder, change", [
    pytest.param("messages", lambda row: row["messages"][-1].update(role="nurse"), id="role"),
    pytest.param("messages", lambda row: row.update(prompt="both"), id="two forms in a row"),
    pytest.param("openai-chat", lambda row: row.update(meta={}), id="a key that OpenAI has not"),
    pytest.param("vertex-gemini", lambda row: row["contents"][-1].update(role="assistant"), id="assistant for model"),
    pytest.param("bedrock", lambda row: row.update(schemaVersion="bedrock-conversion-2024"), id="version"),
    pytest.param("alpaca", lambda row: row.pop("input"), id="missing column"),
])
def test_a_broken_row_is_refused(built, folder, change):
    row = rows(next((built / folder).glob("train*.jsonl")))[0]
    change(row)
    with pytest.raises(jsonschema.ValidationError):
        validator(ROWS[folder]).validate(row)
