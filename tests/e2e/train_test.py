#!/usr/bin/env python3
"""daytwo train asks about what was measured here, marks the ranges, and keeps them under a name."""
import json
import pathlib
import subprocess

import daytwo
from daytwo import check, equal, holds, wait_for


def questions(server, *more):
    return json.loads(server.cli("train", "--questions", "--output=json", *more).stdout)


def a_person_trains():
    """Ten questions, the same again from a seed; a file of answers is marked; the score is kept."""
    with daytwo.server() as server:
        wait_for("a question about this host", lambda: any(
            one["id"].startswith("cpu/") for one in questions(server, "--seed=3")["questions"]), 60,
            every=2)
        page = questions(server, "--seed=3")
        equal(len(page["questions"]), 10, "questions")
        equal([one["id"] for one in questions(server, "--seed=3")["questions"]],
              [one["id"] for one in page["questions"]], "the same seed")

        file = pathlib.Path(server.folder) / "answers.txt"
        lines = [f"{one['id']}: -1 to 1e12  # {one['text']}" for one in page["questions"][:9]]
        narrow = page["questions"][9]["id"]
        file.write_text("\n".join(["# mine", *lines, f"{narrow}: 1e13 to 2e13", ""]))
        marked = json.loads(server.cli("train", "--answers", str(file), "--as=ann",
                                       "--output=json").stdout)
        equal([marked["held"], marked["count"]], [9, 10], "wide ones hold, a far one does not")
        holds(marked["sentence"], "9 of 10 ranges held: nothing against", "the verdict")
        check(all(row["counted"] and row["source"] for row in marked["rows"]), "counted, cited")
        scores(server, file)
        mistakes(server, file)


def scores(server, file):
    """What a person has been told does not count again; somebody else's answer does."""
    again = json.loads(server.cli("train", "--answers", str(file), "--as=ann",
                                  "--output=json").stdout)
    cited = [row for row in again["rows"] if "/" not in row["id"]]
    check(cited and not any(row["counted"] for row in cited), "cited ones count once")
    rows = {(row["name"], row["source"]): row
            for row in json.loads(server.cli("learn", "--output=json").stdout)["forecasters"]}
    check(rows[("ann", "training")]["ranges"] >= 10, f"ann's: {rows}")
    holds(server.cli("learn").stdout, "ann", "the table")


def mistakes(server, file):
    """A bad line is placed, an unknown question named, an empty sitting refused."""
    file.write_text("# mine\nkev-due: 30 to 20\nkev-due 20\n")
    refused = server.cli("train", "--answers", str(file))
    equal(refused.returncode, 2, "bad lines")
    for part in (f"{file}:2:10:", f"{file}:3:1:"):
        holds(refused.stderr, part, "where they are")
    file.write_text("no-such/question: 1 to 2\n")
    refused = server.cli("train", "--answers", str(file))
    holds(refused.stderr, "there is no question 'no-such/question'", "an unknown one")
    typed = subprocess.run([daytwo.BINARY, "train", "--server", server.base], input="\n" * 10,
                           capture_output=True, text=True, timeout=60, check=False)
    equal(typed.returncode, 2, "all left out")
    holds(typed.stderr, "no question was answered", "why")


daytwo.main(a_person_trains)
