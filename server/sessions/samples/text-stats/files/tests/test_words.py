import unittest

from text_stats.words import most_frequent, word_freq, words


class WordsTest(unittest.TestCase):
    def test_lower_case_without_punctuation(self):
        self.assertEqual(words("The Cat, the CAT!"), ["the", "cat", "the", "cat"])

    def test_digits_are_not_words(self):
        self.assertEqual(words("Chapter 12"), ["chapter"])

    def test_letters_of_other_alphabets(self):
        self.assertEqual(words("Ünal naïvely κόσμε"), ["ünal", "naïvely", "κόσμε"])

    def test_apostrophe_inside_a_word(self):
        self.assertEqual(words("Don't say 'maybe'"), ["don't", "say", "maybe"])

    def test_typographic_apostrophe_is_the_same_word(self):
        self.assertEqual(words("Don’t, don't"), ["don't", "don't"])


class CountsTest(unittest.TestCase):
    def test_counts_each_word(self):
        counts = word_freq("to be or not to be")
        self.assertEqual(counts, {"to": 2, "be": 2, "or": 1, "not": 1})

    def test_equal_counts_are_sorted_by_word(self):
        self.assertEqual(most_frequent({"to": 2, "be": 2, "or": 1}, 2), [("be", 2), ("to", 2)])
