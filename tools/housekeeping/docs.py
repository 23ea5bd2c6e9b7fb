"""Documents: a README in each room, no dead link, no dead path."""
import posixpath
import re

from .tree import Finding

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^\s*```")


def _links(file):
    """Yields (line, target) of each link outside fenced code."""
    fenced = False
    for number, line in enumerate(file.lines, 1):
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            for match in LINK.finditer(re.sub(r"`[^`]*`", "", line)):
                yield number, match.group(1)


def _anchors(file):
    """The anchors that GitHub makes of a document's headings."""
    found = set()
    for line in file.lines:
        match = re.match(r"#+\s+(.*)", line)
        if match:
            text = re.sub(r"[^\w\- ]", "", match.group(1).strip().lower())
            found.add(text.replace(" ", "-"))
    return found


def check(tree, rooms):
    """Findings over all Markdown files, and rooms without README."""
    findings = []
    by_path = {file.path: file for file in tree}
    folders = {posixpath.dirname(path) for path in by_path}
    for room in rooms.direct:
        has_files = any(path.startswith(f"src/{room}/") for path in by_path)
        if has_files and f"src/{room}/README.md" not in by_path and "/" not in room:
            findings.append(
                Finding(f"src/{room}", 1, "readme", "no README.md: purpose, border, invariants")
            )
    for file in tree:
        if file.suffix != ".md":
            continue
        for number, target in _links(file):
            if re.match(r"[a-z]+:", target):
                continue
            path, _, anchor = target.partition("#")
            full = posixpath.normpath(posixpath.join(posixpath.dirname(file.path), path))
            full = file.path if not path else full
            if full not in by_path and not any(f == full or f.startswith(full + "/")
                                               for f in folders):
                if not _exists_outside(file, full):
                    findings += file.finding(number, "link", f"dead link: {target}")
            elif anchor and full in by_path and anchor not in _anchors(by_path[full]):
                findings += file.finding(number, "link", f"no such heading: {target}")
    return findings


def _exists_outside(file, path):
    """True for files that tidy does not read, such as pictures."""
    return (file.root / path).exists()
