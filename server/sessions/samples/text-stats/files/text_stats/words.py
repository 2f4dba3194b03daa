"""Words and how often they occur."""

import re
from collections import Counter

# Letters of any alphabet; an apostrophe belongs to the word if letters follow it.
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def words(text: str) -> list[str]:
    """The words of a text in order, in lower case."""
    return WORD.findall(text.lower())


def word_freq(text: str) -> dict[str, int]:
    """How often each word occurs, in order of first appearance."""
    return dict(Counter(words(text)))


def most_frequent(counts: dict[str, int], top: int) -> list[tuple[str, int]]:
    """The `top` highest counts, highest first; words with equal counts in alphabetical order."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:top]
