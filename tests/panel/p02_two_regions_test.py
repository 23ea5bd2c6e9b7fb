#!/usr/bin/env python3
"""P2: two active regions at $250k to $3M a year against what the SLA would pay out?"""
import json
import pathlib
import re
import tempfile

import shop
from daytwo import check, equal, main, run

REGIONS = shop.ROOT / "examples" / "shop" / "risks" / "regions.yml"
BASE = 'contract_base: "$2M to $3M"'


def worth(path, *options):
    done = run("worth", "two-regions", str(path), *options)
    equal(done.returncode, 0, f"exit code; {done.stderr}")
    return done.stdout


def with_base(base):
    """The page of the same file with this contract base."""
    text = REGIONS.read_text(encoding="utf-8")
    check(BASE in text, "the contract base stands in the file")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "regions.yml"
        path.write_text(text.replace(BASE, f'contract_base: "${base:.0f}"'), encoding="utf-8")
        return json.loads(worth(path, "--output", "json"))


def is_left_and_says_at_which_contract_base_it_flips():
    """One sentence: leave it, certain enough already, and the base at which that changes."""
    answer = worth(REGIONS)
    print(answer, flush=True)
    first = answer.splitlines()[0]
    check(first.startswith("leave it, certain enough already: two-regions costs $"), first)
    check(re.search(r"when contract_base is more than \$\S+$", first), first)
    equal(worth(REGIONS), answer, "the same question again")
    check("stop: the decision is already clear" in answer, "no study is worth its cost")


def flips_at_the_base_that_it_names():
    """Asked again with the base just below and just above the flip, the sign of the worth turns."""
    made = json.loads(worth(REGIONS, "--output", "json"))
    equal(made["verdict"], "leave", "the verdict")
    flip = next(each["flips_at"] for each in made["inputs"] if each["id"] == "contract_base")
    below, above = with_base(flip * 0.98), with_base(flip * 1.02)
    check(below["alternatives"][1]["net"]["mean"] < 0, f"below {flip}: {below['sentence']}")
    check(above["alternatives"][1]["net"]["mean"] > 0, f"above {flip}: {above['sentence']}")
    check(above["verdict"] != "leave", f"above {flip}: {above['sentence']}")


main(is_left_and_says_at_which_contract_base_it_flips, flips_at_the_base_that_it_names)
