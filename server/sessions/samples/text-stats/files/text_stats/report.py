"""Everything about one text."""

from dataclasses import dataclass

from text_stats.phrases import repeated_phrases
from text_stats.readability import reading_ease, sentences
from text_stats.words import most_frequent, word_freq, words

WORDS_PER_MINUTE = 240


@dataclass(frozen=True)
class Report:
    word_count: int
    sentence_count: int
    reading_minutes: float
    reading_ease: float
    top_words: list[tuple[str, int]]
    repeated_phrases: list[tuple[str, int]]


def report(text: str, top: int = 10) -> Report:
    """Counts everything; the two lists hold at most `top` entries each."""
    word_count = len(words(text))
    return Report(
        word_count=word_count,
        sentence_count=len(sentences(text)),
        reading_minutes=round(word_count / WORDS_PER_MINUTE, 1),
        reading_ease=reading_ease(text),
        top_words=most_frequent(word_freq(text), top),
        repeated_phrases=repeated_phrases(text)[:top],
    )
