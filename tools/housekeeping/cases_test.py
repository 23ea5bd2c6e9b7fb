"""tools/cases: which test checks each reference case."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

CASES = pathlib.Path(__file__).resolve().parents[1] / "cases"
STATED = """#### RC01 a sum [E]
- in: a = 2; b = 3
- out: a + b = 5.25; P(S>1e6) = 0.060402714; rank 9880..9920 (as scipy says in 1.9)
"""
TESTED = """TEST(Sum, AddsRC01) {
  near(5.25);
  near(0.060402714);
  near(9880, 9920);
}
"""


class CasesTest(unittest.TestCase):
    """Runs the tool over a small tree."""

    def run_cases(self, tested, *words):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in (("tests/data/risk/cases.md", STATED),
                               ("src/base/sum_test.cc", tested), ("docs/reference/cases.md", "")):
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text)
            done = subprocess.run([sys.executable, CASES, root, *words], capture_output=True,
                                  text=True, check=False)
            return done.returncode, done.stdout + done.stderr, (
                root / "docs/reference/cases.md").read_text()

    def test_writes_the_test_of_each_case(self):
        code, said, table = self.run_cases(TESTED, "--write")
        self.assertEqual((code, said), (0, ""))
        self.assertIn("| RC01 | a sum | E | `Sum.AddsRC01` (src/base/sum_test.cc) |", table)

    def test_an_old_table_fails(self):
        code, said, _ = self.run_cases(TESTED)
        self.assertEqual(code, 1)
        self.assertIn("run tools/cases --write", said)

    def test_a_figure_that_no_test_holds_fails(self):
        code, said, _ = self.run_cases(TESTED.replace("0.060402714", "0.06041"), "--write")
        self.assertEqual(code, 1)
        self.assertIn("RC01: 0.060402714 stands in none of its tests", said)

    def test_a_case_without_a_test_fails(self):
        code, said, _ = self.run_cases(TESTED.replace("RC01", ""), "--write")
        self.assertEqual(code, 1)
        self.assertIn("RC01: no test names it", said)


if __name__ == "__main__":
    unittest.main()
