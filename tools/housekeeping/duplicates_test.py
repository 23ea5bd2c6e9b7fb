"""tools/duplicates: code that stands twice."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

DUPLICATES = pathlib.Path(__file__).resolve().parents[1] / "duplicates"
# Twelve statements of seven tokens.
BODY = "\n".join(f"  total_{n} += price_{n} * count_{n};  // {{}}" for n in range(12)) + "\n"


def function(name, note=""):
    return f"int {name}() {{\n" + BODY.format(*[note] * 12) + "}\n"


class DuplicatesTest(unittest.TestCase):
    """Runs the tool over a folder of sources; a run counts from 40 tokens."""

    def found(self, **files):
        with tempfile.TemporaryDirectory() as folder:
            names = []
            for name, text in files.items():
                # a_cc -> a.cc
                names.append(".".join(name.rsplit("_", 1)))
                (pathlib.Path(folder) / names[-1]).write_text(text)
            done = subprocess.run([sys.executable, DUPLICATES, "--least", "40", "--root", folder,
                                   *names], capture_output=True, text=True, check=False)
            self.assertEqual(done.stderr, "")
            return done.returncode, done.stdout.splitlines()[:-1]

    def test_a_copy_in_another_file_is_named_with_both_places(self):
        code, lines = self.found(a_cc="\n" + function("a"), b_cc=function("b"))
        self.assertEqual(code, 1)
        self.assertEqual(len(lines), 1)
        self.assertRegex(lines[0], r"^(a\.cc:2 b\.cc:1|b\.cc:1 a\.cc:2): \d\d tokens, 14 lines$")

    def test_a_copy_in_the_same_file_is_found(self):
        self.assertEqual(self.found(a_cc=function("a") + function("b"))[0], 1)

    def test_comments_and_white_space_hide_no_copy(self):
        other = function("b", "another word").replace("  ", "\n        ")
        self.assertEqual(self.found(a_cc=function("a"), b_cc=other)[0], 1)

    def test_different_names_are_no_copy(self):
        self.assertEqual(
            self.found(a_cc=function("a"), b_cc=function("b").replace("price", "cost")), (0, []))

    def test_a_short_copy_does_not_count(self):
        few = "int f() {\n" + "".join(BODY.splitlines(True)[:4]).format(*[""] * 4) + "}\n"
        self.assertEqual(self.found(a_cc=few, b_cc=few), (0, []))

    def test_tests_may_repeat_themselves_twice_as_long(self):
        half = "int f() {\n" + "".join(BODY.splitlines(True)[:8]).format(*[""] * 8) + "}\n"
        self.assertEqual(self.found(a_test_cc=half, b_test_cc=half), (0, []))
        self.assertEqual(self.found(a_test_cc=function("a"), b_test_cc=function("b"))[0], 1)

    def test_tables_and_overrides_are_no_copies(self):
        table = "".join(f'  {{"{n}", {n}, {n}.5}},\n' for n in range(20))
        self.assertEqual(self.found(a_cc=table, b_cc=table), (0, []))
        interface = "".join(f"  int read_{n}(Place place, Room& room) const override;\n"
                            for n in range(9))
        self.assertEqual(self.found(a_h=interface, b_h=interface), (0, []))

    def test_an_excused_copy_is_left_alone(self):
        excused = "// duplicate-allow: two protocols that only happen to agree\n" + function("a")
        self.assertEqual(self.found(a_cc=excused, b_cc=function("a")), (0, []))


if __name__ == "__main__":
    unittest.main()
