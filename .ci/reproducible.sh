#!/usr/bin/env bash
# Builds the quickstart twice, with everything varied that must not matter, and compares every byte.
set -euo pipefail
materia="$1"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cp -r Recipes "$work/elsewhere"

"$materia" build Recipes/quickstart.yaml --threads 1 --output "$work/one" --quiet
(
  cd "$work"
  umask 077
  TZ=Pacific/Kiritimati LC_ALL=C HOME=/ "$materia" build elsewhere/quickstart.yaml \
    --threads 4 --memory 64m --output deep/er/two --quiet
)
diff -r "$work/one" "$work/deep/er/two"
echo "the two datasets are equal: $(find "$work/one" -type f | wc -l) files"
