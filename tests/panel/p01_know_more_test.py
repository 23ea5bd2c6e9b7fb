#!/usr/bin/env python3
"""P1: 30 % chance, $25k to $2.5M: act, or spend two days to know more?"""
import re

import shop
from daytwo import check, equal, main, run

SENTENCE = "30% a year that we lose the payments provider, $25k to $2.5M"
ACT = ("--once", "$400k", "--takes", "5 to 15 person-days",
       "--stake", "a person-day costs $600 to $1200")


def ask(sentence, *options):
    done = run("worry", "ask", "--offline", sentence, *options)
    equal(done.returncode, 0, f"exit code; {done.stderr}")
    return done.stdout


def find_out_first():
    """The verdict, what knowing is worth net, and the chance that it flips the choice."""
    answer = ask(SENTENCE, *ACT)
    print(answer, flush=True)
    check(answer.startswith("find out first: "), answer)
    worth = re.search(r"^study +(.*): worth (\$\S+) net, flips the choice with chance (\d+) %",
                      answer, re.MULTILINE)
    check(worth, f"no study that pays: {answer}")
    check(1 <= int(worth[3]) <= 99, worth[0])
    equal(ask(SENTENCE, *ACT), answer, "the same question again")


def moves_with_what_is_at_stake():
    """A certain and dear loss is acted on, a small one is left: neither is studied."""
    dear = ask("90% a year that we lose the payments provider, $5M to $6M", *ACT)
    check(dear.startswith("do it: "), dear)
    small = ask("30% a year that we lose the payments provider, $500 to $600", *ACT)
    check(small.startswith("leave it: "), small)
    check(re.search(r"^tripwire ", small, re.MULTILINE), f"what is left has a tripwire: {small}")


def refuses_what_does_not_read():
    """An interval upside down and a mixed account are errors of the person, not verdicts."""
    for words in (("30% a year that we lose it, $2.5M to $25k",), (SENTENCE, "--once", "plenty")):
        done = run("worry", "ask", "--offline", *words)
        equal(done.returncode, 2, f"exit code of {words}: {done.stdout}{done.stderr}")


assert shop.ROOT.is_dir()
main(find_out_first, moves_with_what_is_at_stake, refuses_what_does_not_read)
