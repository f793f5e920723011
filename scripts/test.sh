#!/usr/bin/env bash
# All tests, in parts, with the time of each. A part that fails stops the run.
set -uo pipefail
cd "$(dirname "$0")/.."
declare -a names times
total=$SECONDS
part() {
  local name=$1 started=$SECONDS; shift
  echo "== $name"
  "$@" || { echo "FAILED: $name ($((SECONDS - started)) s)"; exit 1; }
  names+=("$name"); times+=($((SECONDS - started)))
}
py() { .venv/bin/python -m pytest -q "$@"; }
part "setup" bash scripts/setup.sh
part "system packages" bash scripts/need.sh
part "lint" make --no-print-directory lint
part "data" make --no-print-directory data-check
part "tests" py tests --ignore=tests/browser --ignore=tests/system
part "whole desk" py tests/system
part "browser" py tests/browser
echo; echo "Time of each part:"
for i in "${!names[@]}"; do printf '  %-18s %4d s\n' "${names[$i]}" "${times[$i]}"; done
printf '  %-18s %4d s\n' total $((SECONDS - total))
