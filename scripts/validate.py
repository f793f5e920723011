"""Run `rasa data validate`; fail on an error or on a warning that is not listed with a reason.

Only warnings of Rasa's own validator count. Each allowed one has its reason beside it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Pattern of an allowed warning -> why it is right that it stays.
ALLOWED: dict[str, str] = {}
NOISE = re.compile(
    r"DeprecationWarning|FutureWarning|MovedIn20|pkg_resources|np\.|SQLALCHEMY|jax|"
    r"declare_namespace|"
    r"^\s+(Implementing|declare|if |from |import |return |warnings\.|class |_|@|base)|"
    r"metadata\.version"
)


def main() -> int:
    """Exit status 0 when the data is valid and every warning is known."""
    env = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
           "PYTHONWARNINGS": "ignore::DeprecationWarning"}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "rasa", "data", "validate"],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = (done.stdout + done.stderr).splitlines()
    warnings = [w for w in lines if "UserWarning" in w or " WARNING " in w or "warning" in w[:40]]
    unknown = []
    for line in warnings:
        if NOISE.search(line):
            continue
        reason = next((r for p, r in ALLOWED.items() if re.search(p, line)), None)
        print(f"warning: {line.strip()}\n  allowed: {reason}" if reason else f"NEW: {line.strip()}")
        if reason is None:
            unknown.append(line)
    if done.returncode:
        print("\n".join(lines[-30:]))
        print("rasa data validate failed.")
        return 1
    print(f"rasa data validate: no error, {len(unknown)} unknown warning(s).")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
