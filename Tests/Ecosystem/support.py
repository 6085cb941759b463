"""What several of the tests need: rows, edits that break one thing, scripts run in this process."""
import contextlib
import io
import json
import runpy
import sys


def rows(path):
    """The objects of a JSON lines file, in order."""
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def edit(path, old, new, count=-1):
    """Replaces a text in a file that must hold it: an edit without effect would break nothing."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} does not hold {old!r}"
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def edit_json(path, change):
    """Has a function change the value of a JSON file."""
    value = json.loads(path.read_text(encoding="utf-8"))
    change(value)
    path.write_text(json.dumps(value), encoding="utf-8")


def run_script(path, *arguments):
    """Runs a Python script as `python path arguments…` would, in this process: imports cost seconds.

    Returns its exit code and what it printed.
    """
    before = sys.argv, sys.path
    sys.argv, sys.path = [str(path), *map(str, arguments)], [str(path.parent), *sys.path]
    with contextlib.redirect_stdout(io.StringIO()) as output:
        try:
            runpy.run_path(str(path), run_name="__main__")
            code = 0
        except SystemExit as end:
            code = end.code or 0
        finally:
            sys.argv, sys.path = before
    return code, output.getvalue()
