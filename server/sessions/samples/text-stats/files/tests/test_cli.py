import contextlib
import io
import tempfile
import unittest
from pathlib import Path

from text_stats.cli import main


class CommandLineTest(unittest.TestCase):
    def test_prints_a_report(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "essay.txt")
            path.write_text("The sea is wide. The sea is deep.", encoding="utf-8")
            output = io.StringIO()
            with contextlib.redirect_stdout(output):
                self.assertEqual(main([str(path), "--top", "2"]), 0)
        self.assertIn("words         8\n", output.getvalue())
        self.assertIn("     2  the sea is\n", output.getvalue())

    def test_missing_file(self):
        errors = io.StringIO()
        with contextlib.redirect_stderr(errors):
            self.assertEqual(main(["no-such-file.txt"]), 1)
        self.assertIn("cannot read no-such-file.txt", errors.getvalue())
