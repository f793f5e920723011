"""Which language a message is in, and the danger words of languages other than English.

Short English must never be called Dutch: the answer is English unless the script, a danger
word, or a confident guess over several words says otherwise.
"""

# ruff: noqa: E501 - lists of words
from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from bot.triage.cues import HOME
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
_ENGLISH: Final = frozenset(
    [
        "a",
        "about",
        "after",
        "again",
        "all",
        "am",
        "an",
        "and",
        "any",
        "are",
        "around",
        "as",
        "at",
        "back",
        "be",
        "because",
        "been",
        "before",
        "but",
        "by",
        "call",
        "can",
        "cant",
        "come",
        "could",
        "did",
        "do",
        "does",
        "dont",
        "down",
        "for",
        "from",
        "get",
        "go",
        "going",
        "got",
        "had",
        "has",
        "have",
        "he",
        "her",
        "here",
        "him",
        "his",
        "hes",
        "how",
        "i",
        "if",
        "im",
        "in",
        "into",
        "is",
        "it",
        "its",
        "ive",
        "just",
        "know",
        "like",
        "me",
        "my",
        "need",
        "no",
        "not",
        "now",
        "of",
        "on",
        "one",
        "or",
        "our",
        "out",
        "over",
        "please",
        "people",
        "police",
        "she",
        "someone",
        "so",
        "some",
        "still",
        "stop",
        "that",
        "thats",
        "the",
        "their",
        "them",
        "then",
        "there",
        "theres",
        "they",
        "this",
        "to",
        "told",
        "u",
        "up",
        "ur",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "yes",
        "yeah",
        "help",
        "hi",
        "hello",
        "thanks",
        "thank",
        "been",
        "whats",
        "wont",
        "didnt",
        "isnt",
        "somebody",
        "me",
        "mum",
        "dad",
        "lad",
        "house",
        "car",
        "bike",
        "phone",
        "stolen",
        "nicked",
        "road",
        "door",
        "window",
        "outside",
        "said",
        "says",
        "ok",
    ]
)
# Words of languages that the detector does not know or takes for another, typed in Latin script.
_MARKERS: Final = {
    "so": frozenset(
        [
            "waxaan",
            "waan",
            "waa",
            "ii",
            "igu",
            "aad",
            "ku",
            "soo",
            "iyo",
            "guriga",
            "maya",
            "haa",
            "fadlan",
            "ma",
            "wuu",
            "way",
            "nin",
            "naag",
            "ninkayga",
            "xaas",
            "booliska",
            "mahadsanid",
            "waxaa",
            "rabaa",
            "inaan",
            "la",
            "hadlo",
            "qof",
            "soomaali",
            "hadla",
            "jir",
            "ayay",
            "tahay",
            "kuma",
            "soo",
            "noqon",
            "xalay",
            "wiilkeyga",
            "gabadhaydu",
        ]
    ),
    "ur-Latn": frozenset(
        [
            "mera",
            "meri",
            "mere",
            "mujhe",
            "hai",
            "hain",
            "raha",
            "rahi",
            "nahi",
            "nahin",
            "kya",
            "mein",
            "ghar",
            "aur",
            "ka",
            "ki",
            "ko",
            "ne",
            "karo",
            "karta",
            "karti",
            "shohar",
            "bohat",
            "bhai",
            "apne",
            "woh",
            "yeh",
            "hum",
            "tha",
            "thi",
            "kar",
            "jaldi",
            "wala",
            "parosi",
            "bohat",
            "karun",
            "bol",
            "uth",
            "subah",
            "detay",
            "wo",
            "koi",
            "bahar",
            "andar",
            "ghus",
            "darwaza",
            "pati",
            "chori",
            "gaya",
            "gayi",
        ]
    ),
    "ku": frozenset(
        [
            "ez",
            "min",
            "tu",
            "li",
            "di",
            "ji",
            "bo",
            "xwe",
            "min",
            "dike",
            "nikarim",
            "alîkarî",
            "heye",
            "malê",
            "mêrê",
        ]
    ),
}

# Small words of each language the detector may name; two of them make its guess believed.
_SMALL: Final = {
    name: frozenset(listed.split())
    for name, listed in {
        "pl": "w nie jest na sie się z do mi mnie ktos ktoś mam i czy dzien dzień dobry wczoraj mój moj "
        "moja jestem prosze proszę od po za ze że jak mowi polsku o",
        "ro": "si și in în la nu mea meu este pe cu un o am mi sunt va vă rog ma mă de din din au "
        "buna ziua unde îl il strada copilul",
        "pt": "o a em que não nao meu minha de um uma está esta eu do da no na obrigada boa com por já ja era "
        "me tem",
        "es": "el la en que no mi mis de un una está esta yo me por con mas más puedo los las hola como "
        "quería al estoy si amigo",
        "fr": "je le la les un une est mon ma il elle pas de des dans sur bonjour et ai mes chez moi "
        "ne qui que du",
        "hu": "a az és es nem van egy ki meg jó jo napot én en hogy nekem itt még meg",
        "lt": "ir yra mano kas aš as ne mane su į prie vakar labas sveiki vyras turi kažkas",
        "cy": "mae yn y i fi o a wedi ar oes bore da fy dwi eisiau rhywun am yr gyda",
        "tr": "ve bir bu ben benim var yok da de için icin evde kocam bana beni",
        "it": "il la che non mi mio mia un una è e di in con sono per ho ciao casa",
        "sq": "dhe në ne nuk më me është eshte një nje po unë une burri shtëpi",
        "vi": "tôi là không có của và một trong người cho nhà",
        "de": "ich nicht ist und der die das ein eine mein mich mir hat zu mit auf hilfe bitte",
        "nl": "ik niet het een mijn van dat zijn heeft met voor maar naar mij goede",
    }.items()
}


@dataclass(frozen=True)
class Foreign:
    """A danger word of another language."""

    language: str
    words: str
    meaning: str
    danger: str
    pattern: re.Pattern[str]


def detect(text: str) -> str:
    """The language's code as in the safety sentences ("en", "pl", "ur-Latn", "yue")."""
    letters = [sign for sign in text if sign.isalpha()]
    if not letters:
        return "en"
    script = _script(text, len(letters))
    if script:
        return script
    parts = words(text)
    share = sum(one in _ENGLISH for one in parts) / max(1, len(parts))
    for language, marks in _MARKERS.items():
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
    found.set_languages(["en", *_SMALL])
    return found


def _guess(text: str) -> tuple[str, float]:
    """A guess counts when the words show it: letters beyond English, or two small words.

    The detector alone calls a fair share of short English Spanish or Dutch.
    """
    language, sure = (str(one) for one in _identifier().classify(text))
    small = _SMALL.get(language, frozenset())
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
                found.append(Foreign(language, term, meaning, danger, _compile(term)))
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
        if one.pattern.search(plain):
            danger = worse(danger, one.danger)
            votes[one.language] = votes.get(one.language, 0) + 1
            hits.setdefault(one.words, CueHit("language", one.words, "rule", one.meaning))
            if _PARTNER.search(one.meaning):
                home = CueHit("domestic_abuse", one.words, "rule", one.meaning)
                hits.setdefault(f"home {one.words}", home)
    language = max(votes, key=lambda name: votes[name]) if votes else None
    return danger, language, list(hits.values())
