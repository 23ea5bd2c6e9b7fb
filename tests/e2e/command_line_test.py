#!/usr/bin/env python3
"""The command line as a newcomer meets it: who signed, what is missing, what was wrong."""
import os

import daytwo
from daytwo import check, equal, holds

USAGE = 2


def changes_are_signed():
    """A change by command shows who made it, and hostile names are refused."""
    with daytwo.server("--self.observe=false") as server:
        sentence = "30% a year that payments is down, 2h to 8h"
        added = server.cli("worry", "add", sentence, env={"USER": "ann"})
        equal(added.returncode, 0, f"worry add: {added.stderr}")
        row = server.wait_worry("written", "", seconds=10)
        decided = server.cli("worry", "decide", row["id"], "leave", "--as", "Jürgen (SRE)")
        equal(decided.returncode, 0, f"worry decide: {decided.stderr}")
        inputs = [(one["name"], one["value"])
                  for entry in server.page("worries/" + row["id"])["thread"]
                  for one in entry["inputs"] if one["name"] == "by"]
        equal(inputs, [("by", f"ann@{os.uname().nodename}"), ("by", "Jürgen (SRE)")], "signed by")
        stake = server.cli("stakes", "a person-day costs $600 to $1200", "--as", "ann")
        equal(stake.returncode, 0, f"stakes: {stake.stderr}")
        equal(server.page("stakes")["stakes"][0]["by"], "ann", "a stake's author")
        for name in ("", "a\nb", "\x1b[31mred", "x" * 65, "nna\u202eevil"):
            refused = server.cli("stakes", "a person-day costs $1", "--as", name)
            equal(refused.returncode, USAGE, f"signed by {name!r}: {refused.stderr}")
            check(name in ("", "x" * 65) or name not in refused.stderr, "it is not echoed")
        equal(server.cli("stakes", "a person-day costs $1", "--as", "daytwo").returncode, 1,
              "signed as the house")
        equal(len(server.page("stakes")["stakes"]), 1, "what was refused changed nothing")


daytwo.main(changes_are_signed)
