#!/usr/bin/env python3
"""P16: if we skip this, who bears the harm, and which fine would change our mind?"""
import json
import pathlib
import re
import tempfile

import shop
from daytwo import check, equal, main, run

RECORDS = shop.ROOT / "examples" / "shop" / "risks" / "records.yml"


def worth(path, *options):
    done = run("worth", "tokenise", str(path), *options)
    equal(done.returncode, 0, f"exit code; {done.stderr}")
    return done.stdout


def changed(old, new):
    """The page of the same file with one text replaced."""
    text = RECORDS.read_text(encoding="utf-8")
    check(old in text, f"{old} stands in the file")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "records.yml"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return json.loads(worth(path, "--output", "json"))


def says_who_bears_it_and_which_fine_would_change_our_mind():
    """Our loss and theirs side by side; the fine at which it flips beside the legal cap."""
    answer = worth(RECORDS)
    print(answer, flush=True)
    check(re.search(r"If it is skipped, we lose \$\S+ a year \(.*\); customers and the public bear "
                    r"\$\S+ a year \(.*\), counted with weight 1\.", answer), "who bears it")
    first = answer.splitlines()[0]
    check(re.search(r"the fine of one event of 'export-leaks' is more than \$\S+ "
                    r"\(the law allows \$\S+\)", first), first)
    made = json.loads(worth(RECORDS, "--output", "json"))
    check(made["theirs"]["mean"] > made["ours"]["mean"], "customers bear more than we do")


def another_weight_of_their_harm_changes_the_worth_and_is_said():
    """Harm counts by default; with another weight the worth falls and the weight is printed."""
    made = json.loads(worth(RECORDS, "--output", "json"))
    none = changed("harm_weight: 1", "harm_weight: 0.1")
    check(none["alternatives"][1]["net"]["mean"] < made["alternatives"][1]["net"]["mean"],
          "harm that counts less")
    check("counted with weight 0.1" in none["who_bears"], none["who_bears"])
    equal(none["theirs"]["mean"], made["theirs"]["mean"], "what they bear, not weighted")


def a_fine_beyond_the_flip_changes_the_verdict_s_sign():
    """With the fine just above the value it names, the option is worth more than it costs."""
    made = json.loads(worth(RECORDS, "--output", "json"))
    flip = next(each["flips_at"] for each in made["inputs"] if each["id"] == "export-leaks.fine")
    for factor, worth_it in ((0.97, False), (1.03, True)):
        moved = changed('"$20k to $600k"', f'"${flip * factor:.0f}"')
        equal(moved["alternatives"][1]["net"]["mean"] > 0, worth_it, moved["sentence"])


main(says_who_bears_it_and_which_fine_would_change_our_mind,
     another_weight_of_their_harm_changes_the_worth_and_is_said,
     a_fine_beyond_the_flip_changes_the_verdict_s_sign)
