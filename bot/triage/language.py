"""Which language a message is in, and the danger words of languages other than English.

Short English must never be called Dutch: the answer is English unless the script, a danger
word, or a confident guess over several words says otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from bot.triage.cues import HOME
from bot.triage.language_words import ENGLISH, MARKERS, SMALL
from bot.triage.reading import CueHit, worse
from bot.triage.text import fold, words

# A word for a husband or partner beside danger: the calm words, and "is it safe to type?".
_PARTNER: Final = re.compile(r"\b(?:husband|wife|partner|boyfriend|girlfriend)\b")
LANGUAGE_FILE: Final = HOME / "languages.yml"
SURE: Final = 0.95
MIN_WORDS: Final = 4

_SCRIPTS: Final = (
    ("gu", "\u0a80-\u0aff"),
    ("pa", "\u0a00-\u0a7f"),
    ("bn", "\u0980-\u09ff"),
    ("hi", "\u0900-\u097f"),
    ("ta", "\u0b80-\u0bff"),
    ("ti", "\u1200-\u137f"),
    ("ja", "\u3040-\u30ff"),
    ("ko", "\uac00-\ud7af"),
    ("zh", "\u3400-\u9fff"),
    ("el", "\u0370-\u03ff"),
    ("he", "\u0590-\u05ff"),
    ("th", "\u0e00-\u0e7f"),
    ("ka", "\u10a0-\u10ff"),
    ("ar", "\u0600-\u06ff\u0750-\u077f"),
    ("ru", "\u0400-\u04ff"),
)
_SCRIPT_OF: Final = [(name, re.compile(f"[{span}]")) for name, span in _SCRIPTS]
_KURDISH: Final = re.compile("[ڕڵۆێە]")
_URDU: Final = re.compile("[ٹڈڑںےہھ]")
_SHAHMUKHI: Final = re.compile("مینوں|تے |دا |نیں|اے ")
_FARSI: Final = re.compile("[پچژگیک]")
_CANTONESE: Final = re.compile("[唔係喺嘅咗佢冇嗰啲揸哋俾緊]")
_TRADITIONAL: Final = re.compile("[個們說話這嗎會國時來後過還沒開關門車錢請問隻聽見與學]")
_AMHARIC: Final = re.compile("[ነው]")
_UKRAINIAN: Final = re.compile("[іїєґ]|мене|вкрал|дякую|будинок")


# The commonest English words, and how people here shorten them.
@dataclass(frozen=True)
class Foreign:
    """A danger word of another language."""

    language: str
    words: str
    meaning: str
    danger: str
    pattern: re.Pattern[str]
    plain: str


def detect(text: str) -> str:
    """The language's code as in the safety sentences ("en", "pl", "ur-Latn", "yue")."""
    letters = [sign for sign in text if sign.isalpha()]
    if not letters:
        return "en"
    script = _script(text, len(letters))
    if script:
        return script
    parts = words(text)
    share = sum(one in ENGLISH for one in parts) / max(1, len(parts))
    for language, marks in MARKERS.items():
        found = sum(one in marks for one in parts)
        if found >= 2 and found / len(parts) >= 0.25 and found / len(parts) > share:
            return language
    if share >= 0.25 or len(parts) < MIN_WORDS:
        return "en"
    language, sure = _guess(" ".join(parts))
    return language if sure >= SURE else "en"


def _script(text: str, letters: int) -> str | None:
    """By the letters, where at least a third are of one script."""
    for name, pattern in _SCRIPT_OF:
        if len(pattern.findall(text)) * 3 >= letters:
            return _WITHIN[name](text) if name in _WITHIN else name
    return None


def _chinese(text: str) -> str:
    return "yue" if _CANTONESE.search(text) or _TRADITIONAL.search(text) else "zh"


def _cyrillic(text: str) -> str:
    return "uk" if _UKRAINIAN.search(text) else "ru"


def _ethiopic(text: str) -> str:
    return "am" if _AMHARIC.search(text) and "ኢ" not in text else "ti"


def _arabic(text: str) -> str:
    if _KURDISH.search(text):
        return "ckb"
    if _URDU.search(text):
        return "pa-Arab" if _SHAHMUKHI.search(text) and "ہے" not in text else "ur"
    return "fa" if _FARSI.search(text) else "ar"


# Scripts that several languages share.
_WITHIN: Final = {"ar": _arabic, "zh": _chinese, "ru": _cyrillic, "ti": _ethiopic}

Identifier = Any  # py3langid carries no types


@cache
def _identifier() -> Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    found = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
    found.set_languages(["en", *SMALL])
    return found


def _guess(text: str) -> tuple[str, float]:
    """A guess counts when the words show it: letters beyond English, or two small words.

    The detector alone calls a fair share of short English Spanish or Dutch.
    """
    language, sure = (str(one) for one in _identifier().classify(text))
    small = SMALL.get(language, frozenset())
    shown = sum(one in small for one in set(text.split()))
    if not text.isascii():
        shown += 1
    return language, float(sure) if shown >= 2 or (shown and not text.isascii()) else 0.0


def bare(text: str) -> str:
    """Folded text without accents: people leave them out."""
    apart = unicodedata.normalize("NFD", fold(text))
    kept = "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f")
    return unicodedata.normalize("NFC", kept).replace("ł", "l").replace("đ", "d").replace("ı", "i")


@cache
def foreign_words(path: Path = LANGUAGE_FILE) -> tuple[Foreign, ...]:
    """The danger words of the file, compiled."""
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    found: list[Foreign] = []
    for language, dangers in content["now_and_check"].items():
        for danger, listed in dangers.items():
            for term, meaning in listed.items():
                found.append(Foreign(language, term, meaning, danger, _compile(term), bare(term)))
    return tuple(found)


def _compile(term: str) -> re.Pattern[str]:
    plain = re.escape(bare(term))
    if any("a" <= sign <= "z" for sign in bare(term)):
        return re.compile(rf"(?<!\w){plain}(?!\w)")
    if re.search("[\u3040-\u9fff]", term):
        return re.compile(plain)  # no spaces between words
    # Endings join on (Cyrillic, Arabic, Indian scripts); short words must stand alone.
    end = r"(?!\w)" if len(bare(term)) <= 3 else ""
    return re.compile(rf"(?<!\w)(?:[وفبل]?(?:ال)?)?{plain}{end}")


def danger_words(text: str) -> tuple[str, str | None, list[CueHit]]:
    """Danger, the language that most words belong to, and the hits with their meanings."""
    plain = bare(text)
    danger = "none"
    votes: dict[str, int] = {}
    hits: dict[str, CueHit] = {}
    for one in foreign_words():
        # Most words are not there at all: found out quickest by plain search.
        if one.plain in plain and one.pattern.search(plain):
            danger = worse(danger, one.danger)
            votes[one.language] = votes.get(one.language, 0) + 1
            hits.setdefault(one.words, CueHit("language", one.words, "rule", one.meaning))
            if _PARTNER.search(one.meaning):
                home = CueHit("domestic_abuse", one.words, "rule", one.meaning)
                hits.setdefault(f"home {one.words}", home)
    language = max(votes, key=lambda name: votes[name]) if votes else None
    return danger, language, list(hits.values())
