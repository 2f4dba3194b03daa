"""Phrases that come back."""

from text_stats.words import words


def repeated_phrases(text: str, length: int = 3) -> list[tuple[str, int]]:
    """Phrases of `length` words that occur more than once, with their counts.

    The most frequent come first; phrases with equal counts in order of first appearance.
    Phrases may overlap: "ha ha ha ha" holds "ha ha" three times.
    """
    if length < 1:
        raise ValueError("a phrase has at least one word")

    tokens = words(text)
    phrases = [" ".join(tokens[i : i + length]) for i in range(len(tokens) - length + 1)]

    repeated: list[tuple[str, int]] = []
    for phrase in phrases:
        count = phrases.count(phrase)
        if count > 1 and (phrase, count) not in repeated:
            repeated.append((phrase, count))

    return sorted(repeated, key=lambda item: item[1], reverse=True)
