"""The command line: reads a file or standard input, prints a report."""

import argparse
import sys
from collections.abc import Sequence

from text_stats.report import Report, report


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="text-stats", description="Statistics for English text.")
    parser.add_argument("file", nargs="?", help="a text file; standard input if absent")
    parser.add_argument("--top", type=int, default=10, help="length of the lists (default: 10)")
    options = parser.parse_args(arguments)

    try:
        text = read(options.file)
    except OSError as error:
        print(f"text-stats: cannot read {options.file}: {error.strerror}", file=sys.stderr)
        return 1

    print(format_report(report(text, options.top)))
    return 0


def read(path: str | None) -> str:
    if path is None:
        return sys.stdin.read()
    with open(path, encoding="utf-8") as file:
        return file.read()


def format_report(result: Report) -> str:
    lines = [
        f"words         {result.word_count}",
        f"sentences     {result.sentence_count}",
        f"reading time  {result.reading_minutes} min",
        f"reading ease  {result.reading_ease}",
        "",
        "most frequent words",
        *format_counts(result.top_words),
        "",
        "repeated phrases",
        *format_counts(result.repeated_phrases),
    ]
    return "\n".join(lines)


def format_counts(counts: list[tuple[str, int]]) -> list[str]:
    if not counts:
        return ["  none"]
    return [f"{count:6}  {text}" for text, count in counts]
