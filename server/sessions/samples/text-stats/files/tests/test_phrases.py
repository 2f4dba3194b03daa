import unittest

from text_stats.phrases import repeated_phrases


class RepeatedPhrasesTest(unittest.TestCase):
    def test_most_frequent_first(self):
        text = "one two. Three four. Three four. One two, three four."
        self.assertEqual(repeated_phrases(text, 2)[:2], [("three four", 3), ("one two", 2)])

    def test_equal_counts_in_order_of_appearance(self):
        self.assertEqual(repeated_phrases("b a b a", 1), [("b", 2), ("a", 2)])

    def test_phrases_may_overlap(self):
        self.assertEqual(repeated_phrases("ha ha ha ha", 2), [("ha ha", 3)])

    def test_nothing_repeated(self):
        self.assertEqual(repeated_phrases("every word is new"), [])

    def test_shorter_text_than_phrase(self):
        self.assertEqual(repeated_phrases("too short", 3), [])

    def test_length_must_be_positive(self):
        with self.assertRaises(ValueError):
            repeated_phrases("any text", 0)
