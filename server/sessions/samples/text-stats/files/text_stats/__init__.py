"""Statistics for English text."""

from text_stats.phrases import repeated_phrases
from text_stats.readability import reading_ease
from text_stats.report import Report, report
from text_stats.words import word_freq, words

__all__ = [
    "Report",
    "reading_ease",
    "repeated_phrases",
    "report",
    "word_freq",
    "words",
]
