#!/usr/bin/env bash
# Makes the virtual environment FOLDER with the trainers that the tests ask, unless it is there.
#
#   setup.sh FOLDER
set -euo pipefail
folder="$1"
here="$(cd "$(dirname "$0")" && pwd)"
wanted="$(cat "$here"/requirements*.txt | cksum)"
if [ -x "$folder/bin/python" ] && [ "$(cat "$folder/installed" 2>/dev/null)" = "$wanted" ]; then exit 0; fi

python3 -m venv "$folder"
install() { "$folder/bin/pip" install -q --disable-pip-version-check "$@"; }
# The build for the CPU is a third of the size; not every index has it.
install "torch==2.13.0+cpu" 2> /dev/null || install "torch==2.13.0"
install -r "$here/requirements.txt"
install --no-deps -r "$here/requirements-nodeps.txt"
printf '%s' "$wanted" > "$folder/installed"
