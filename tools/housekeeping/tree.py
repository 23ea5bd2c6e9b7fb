"""The files under check, read once: their lines, and their code without comments and strings."""
import dataclasses
import functools
import os
import pathlib
import re

SKIPPED_FOLDERS = {".git", "build", "var", "node_modules", "dist", "__pycache__", "corpus", "data"}
ALLOW_FILE = re.compile(r"tidy-allow-file\(([a-z-]+)\):\s*\S")
ALLOW = re.compile(r"tidy-allow\(([a-z-]+)\):\s*\S")


@dataclasses.dataclass(frozen=True, order=True)
class Finding:
    """One broken rule at one line."""

    path: str
    line: int
    rule: str
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: [{self.rule}] {self.text}"


def _blank(match):
    """Spaces in place of what matched, so that lines and columns stay where they are."""
    return re.sub(r"[^\n]", " ", match.group(0))


# A raw string, a comment, a string or a character: whichever starts first. A digit separator
# (10'000) is no character.
_NOT_CODE = re.compile(
    r'R"(?P<mark>[^()\\\s]{0,16})\((?:.|\n)*?\)(?P=mark)"'
    r"|//[^\n]*|/\*(?:.|\n)*?\*/"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|(?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)+'"
)


class File:
    """A text file of the tree."""

    def __init__(self, root, path):
        self.root = root
        self.path = path  # relative to the root, with slashes
        self.text = (root / path).read_text(encoding="utf-8", errors="replace")
        self.name = path.rsplit("/", 1)[-1]
        self.suffix = pathlib.PurePosixPath(path).suffix

    @functools.cached_property
    def lines(self):
        return self.text.splitlines()

    @functools.cached_property
    def code(self):
        """The text with comments, strings and characters blanked; C++ only."""
        return _NOT_CODE.sub(_blank, self.text)

    @functools.cached_property
    def plain_code(self):
        """The code with preprocessor directives and their continuation lines blanked too."""
        out = []
        continued = False
        for line in self.code.split("\n"):
            if continued or line.lstrip().startswith("#"):
                continued = line.rstrip().endswith("\\")
                out.append(" " * len(line))
            else:
                out.append(line)
        return "\n".join(out)

    @property
    def is_cpp(self):
        return self.suffix in (".cc", ".h")

    @property
    def is_test(self):
        if self.path.startswith(("tests/", "bench/")):
            return True
        return any(mark in self.name for mark in ("_test.", "_for_tests.", "_fixture."))

    @functools.cached_property
    def excused(self):
        """Rules that the head of the file excuses for all of it."""
        head = "\n".join(self.lines[:40])
        return {match.group(1) for match in ALLOW_FILE.finditer(head)}

    def allows(self, line, rule):
        """True when line `line` (from 1), or the one above, or the file excuses `rule`."""
        if rule in self.excused:
            return True
        for number in (line, line - 1):
            if 1 <= number <= len(self.lines):
                match = ALLOW.search(self.lines[number - 1])
                if match and match.group(1) == rule:
                    return True
        return False

    def finding(self, line, rule, text):
        """A list of one finding, or an empty one when the line excuses it."""
        return [] if self.allows(line, rule) else [Finding(self.path, line, rule, text)]


TEXT_SUFFIXES = {".cc", ".h", ".md", ".py", ".cmake", ".sh", ".txt", ".S", ""}


def read(root):
    """All files under check, ordered by path."""
    files = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if f not in SKIPPED_FOLDERS)
        for name in sorted(names):
            path = pathlib.Path(folder, name)
            if path.suffix in TEXT_SUFFIXES and path.is_file() and not path.is_symlink():
                if path.stat().st_size < 1 << 20:
                    files.append(File(root, path.relative_to(root).as_posix()))
    return files
