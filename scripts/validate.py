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
ALLOWED: dict[str, str] = {
    r"The utterance 'utter_\w+' is not used in any story or rule": (
        "actions and the worker say responses by name; tests/actions checks that each is said"
    ),
    r"The example '[^']{1,25}' was found labeled with multiple different intents": (
        "short words such as 'yes' are small talk as a first message and an act in the middle of "
        "a report; the reading is told which (`asked`), and the data check compares whole files"
    ),
    r"intents? '(question|danger)'|'(question|danger)' (has no|is not|is listed)": (
        "mid-chat questions and danger are learnt under the routes they mean; their act is in "
        "the example's metadata"
    ),
}
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
    unknown, known = [], dict.fromkeys(ALLOWED.values(), 0)
    for line in warnings:
        if NOISE.search(line):
            continue
        reason = next((r for p, r in ALLOWED.items() if re.search(p, line)), None)
        if reason is None:
            print(f"NEW: {line.strip()}")
            unknown.append(line)
        else:
            known[reason] += 1
    for reason, count in known.items():
        print(f"{count} warning(s) allowed: {reason}")
    if done.returncode:
        print("\n".join(lines[-30:]))
        print("rasa data validate failed.")
        return 1
    print(f"rasa data validate: no error, {len(unknown)} unknown warning(s).")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
