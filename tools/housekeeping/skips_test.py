"""tools/skips: what was skipped, against what was agreed."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

SKIPS = pathlib.Path(__file__).resolve().parents[1] / "skips"
REPORT = """<?xml version="1.0"?><testsuites><testsuite name="Disk">
<testcase name="Fills" result="skipped" classname="Disk"><skipped message="x_test.cc:1&#x0A;why"/>
</testcase><testcase name="Empties" result="completed" classname="Disk"/>
</testsuite></testsuites>"""


class SkipsTest(unittest.TestCase):
    """Runs the tool over a folder of results."""

    def run_skips(self, files, agreed):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in files.items():
                (root / name).write_text(text)
            (root / "agreed").write_text(agreed)
            done = subprocess.run([sys.executable, SKIPS, root, root / "agreed"],
                                  capture_output=True, text=True, check=False)
            return done.returncode, done.stdout + done.stderr

    def test_nothing_skipped(self):
        self.assertEqual(self.run_skips({}, "")[0], 0)

    def test_a_skipped_case_that_nobody_agreed_to(self):
        rc, text = self.run_skips({"a.xml": REPORT}, "# none\n")
        self.assertEqual(rc, 1)
        self.assertIn("Disk.Fills: why", text)
        self.assertNotIn("Empties", text)

    def test_an_agreed_one(self):
        self.assertEqual(self.run_skips({"a.xml": REPORT}, "Disk.Fills: no loop device\n")[0], 0)

    def test_a_skipped_script(self):
        files = {"e2e_oracle.skipped": "install prometheus\n"}
        self.assertEqual(self.run_skips(files, "")[0], 1)
        self.assertEqual(self.run_skips(files, "e2e_oracle: needs a server\n")[0], 0)

    def test_an_entry_without_reason(self):
        self.assertNotEqual(self.run_skips({}, "Disk.Fills\n")[0], 0)


if __name__ == "__main__":
    unittest.main()
