"""Runs every rule over a tree."""
from . import calls, contracts, docs, includes, rooms, shape, tree

RULES = (includes.check, calls.check, contracts.check, shape.check, docs.check)


def check(root, done=False):
    """All findings below `root`, ordered by path and line; with `done`, dead headers too."""
    table = rooms.Rooms((root / rooms.TABLE).read_text())
    files = tree.read(root)
    findings = list(table.findings)
    for rule in RULES + ((includes.dead,) if done else ()):
        findings += rule(files, table)
    return sorted(set(findings))
