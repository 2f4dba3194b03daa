"""How hard a text is to read."""

import re

from text_stats.words import words

SENTENCE_END = re.compile(r"[.!?]+(?=\s|$)")
VOWEL_GROUP = re.compile(r"[aeiouy]+")


def sentences(text: str) -> list[str]:
    """The sentences of a text, without their closing punctuation."""
    parts = (part.strip() for part in SENTENCE_END.split(text))
    return [part for part in parts if part]


def syllables(word: str) -> int:
    """An estimate: groups of vowels, not counting a silent e at the end. Never less than 1."""
    count = len(VOWEL_GROUP.findall(word.lower()))
    if word.lower().endswith("e") and not word.lower().endswith("le"):
        count -= 1
    return max(count, 1)


def reading_ease(text: str) -> float:
    """The Flesch reading ease, to one decimal: 90 and more is very easy, 30 and less very hard.

    A text without words has none; it counts as 0.
    """
    tokens = words(text)
    if not tokens:
        return 0.0
    words_per_sentence = len(tokens) / len(sentences(text))
    syllables_per_word = sum(syllables(word) for word in tokens) / len(tokens)
    return round(206.835 - 1.015 * words_per_sentence - 84.6 * syllables_per_word, 1)
