"""Short English is English; danger words of other languages are found with their meaning."""

from __future__ import annotations

import pytest

from bot.triage.language import danger_words, detect, foreign_words


@pytest.mark.parametrize(
    "text",
    ["help", "ok", "van", "bike gone", "man punched my grandad monday", "shop being robbed knife",
     "racist abuse last week", "bloke sat in van most mornings", "👍", "0161 496 0000", "",
     "euro car parks scam fine", "unfair dismissal time limit", "being followed Platt Lane"],
)  # fmt: skip
def test_short_english_is_never_another_language(text: str) -> None:
    assert detect(text) == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("dzień dobry, ktoś ukradł mi rower wczoraj", "pl"),
        ("میرا شوہر مجھے مار رہا ہے", "ur"),
        ("mera beta ghar nahi aya subah se", "ur-Latn"),
        ("ਮੇਰਾ ਪਤੀ ਮੈਨੂੰ ਮਾਰਦਾ ਹੈ", "pa"),
        ("আমার ফোন ছিনতাই হয়েছে", "bn"),
        ("سرقوا حقيبتي أمس", "ar"),
        ("کمک کنید برادرم می‌خواهد برود", "fa"),
        ("یارمەتیم بدەن، برام چەقۆی پێیە", "ckb"),
        ("我被騙咗兩萬鎊", "yue"),
        ("你好，我是曼大的学生", "zh"),
        ("у мене вкрали телефон", "uk"),
        ("Waxaan rabaa inaan la hadlo qof af Soomaali", "so"),
        ("bonjour, je ne sais pas où est ma carte", "fr"),
    ],
)
def test_a_language_is_named_as_the_safety_sentences_name_it(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    ("text", "language", "meaning"),
    [
        ("mąż bije mnie pls help", "pl", "he hits me"),
        ("maz, bije mnie", "pl", "he hits me"),
        ("救命", "yue", "help (save life)"),
        ("ayuda por favor", "es", "help"),
        ("ساعدوني", "ar", "help me"),
    ],
)
def test_danger_words_give_danger_language_and_english(
    text: str, language: str, meaning: str
) -> None:
    danger, of, hits = danger_words(text)
    assert danger == "now"
    assert of == language
    assert meaning in {hit.meaning for hit in hits}


def test_seventeen_languages_and_more_have_danger_words() -> None:
    south_asian = {"ur", "ur-Latn", "pa", "bn", "gu"}
    other = {"ar", "fa", "ckb", "ku", "so", "zh", "yue", "uk"}
    wanted = south_asian | other | {"pl", "ro", "pt", "es", "fr", "hu", "lt", "cy"}
    assert wanted <= {one.language for one in foreign_words() if one.danger == "now"}


def test_english_holds_no_foreign_danger_word() -> None:
    text = "he said he will kill me, there is a fire and a knife, please hurry, I am at home"
    assert danger_words(text)[0] == "none"
