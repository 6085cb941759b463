"""lm-evaluation-harness: the task of the held-out split runs on a model, answer by answer."""
import jinja2
import lm_eval
import pytest
from lm_eval.models.huggingface import HFLM
from lm_eval.tasks import TaskManager, get_task_dict

from support import edit, rows


def task(folder):
    manager = TaskManager(include_path=str(folder / "training/lm-eval"), include_defaults=False)
    return get_task_dict(["three-corpora"], manager)["three-corpora"]


def test_every_held_out_row_is_asked(dataset):
    made = task(dataset)
    documents = list(made.test_docs())
    held_out = rows(dataset / "prompt-completion/test.jsonl")
    assert len(documents) == len(held_out)
    for document, row in zip(documents, held_out):
        question, answer = made.doc_to_text(document), made.doc_to_target(document)
        assert row["prompt"][-1]["content"] in question
        assert answer == row["completion"][0]["content"]
        assert answer not in question


def test_the_harness_runs_it(dataset):
    manager = TaskManager(include_path=str(dataset / "training/lm-eval"), include_defaults=False)
    results = lm_eval.simple_evaluate(
        model=HFLM(pretrained="../tiny-llama-3", device="cpu", max_length=8192), tasks=["three-corpora"],
        task_manager=manager, limit=2, gen_kwargs="max_gen_toks=8")
    assert results["results"]["three-corpora"]["exact_match,none"] == 0


def test_a_split_that_is_not_there_is_refused(dataset):
    edit(dataset / "training/lm-eval/task.yaml", 'prompt-completion/test', 'prompt-completion/gone')
    with pytest.raises(FileNotFoundError):
        task(dataset)


def test_a_column_that_is_not_there_is_refused(dataset):
    edit(dataset / "training/lm-eval/task.yaml", "prompt | map", "question | map")
    # The harness asks the first document while it builds the task.
    with pytest.raises(jinja2.exceptions.UndefinedError, match="question"):
        task(dataset)
