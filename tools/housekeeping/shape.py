"""The shape of files: width, length, line ends, names, the first line of a header."""
import re

WIDTH = 100
LENGTH = 600
CODE_SUFFIXES = (".cc", ".h", ".py", ".cmake", ".sh")
SCRIPT = re.compile(r"^#!")
SNAKE = re.compile(r"^[a-z0-9_]+(\.[a-z0-9]+)*$")
LINK = re.compile(r"https?://\S{60,}")


def _is_code(file):
    if file.suffix in CODE_SUFFIXES or file.name == "CMakeLists.txt":
        return True
    return file.suffix == "" and bool(file.lines) and bool(SCRIPT.match(file.lines[0]))


def _header_findings(file):
    findings = []
    if not file.lines[0].startswith("//"):
        findings += file.finding(1, "contract", "a header starts with one sentence: what it is")
    if "#pragma once" not in file.text:
        findings += file.finding(1, "pragma-once", "want #pragma once")
    return findings


def check(tree, _rooms):
    """Findings over all code files."""
    findings = []
    for file in tree:
        if not _is_code(file) or file.path.startswith("web/") or not file.lines:
            continue
        for number, line in enumerate(file.lines, 1):
            if len(line) > WIDTH and not LINK.search(line):
                findings += file.finding(
                    number, "width", f"{len(line)} columns, {WIDTH} are allowed"
                )
            if line != line.rstrip():
                findings += file.finding(number, "space", "blank at the end of the line")
            if "\t" in line:
                findings += file.finding(number, "space", "tab: use blanks")
        if not file.text.endswith("\n"):
            findings += file.finding(len(file.lines), "space", "no newline at the end of the file")
        if len(file.lines) > LENGTH:
            findings += file.finding(
                LENGTH, "length", f"{len(file.lines)} lines, {LENGTH} are allowed: split by idea"
            )
        if file.is_cpp and not SNAKE.match(file.name):
            findings += file.finding(1, "name", "file names are snake_case")
        if file.suffix == ".h":
            findings += _header_findings(file)
    return findings
