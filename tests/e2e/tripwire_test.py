#!/usr/bin/env python3
"""What is left comes back: a worry that a person left is watched, and when its price or its rate
passes the value at which the verdict flips, the one who decided is told, with the reason."""
import json

import daytwo
from daytwo import check, equal, holds, wait_for

RISKS = """stakes:
  - an hour of checkout down costs $100 to $200
  - a person-day costs $600 to $1200
risks:
  - id: by-price
    title: the provider of checkout fails
    service: checkout
    frequency: 2 a year
    loss: {revenue: 1h to 2h}
    option: {name: a second provider, takes: 8 to 12 person-days, cuts: 90%}
  - id: by-rate
    title: the queue of checkout is lost
    service: checkout
    frequency: once in 50 years
    loss: {revenue: "$10k to $20k"}
    harm: {customers: "$1k to $2k"}
    option: {name: a durable queue, takes: 8 to 12 person-days, cuts: 90%}
    evidence: {events: "sum(daytwo_count_total{flow='lost'})"}
"""


def configuration(ann, oncall):
    return (f"people:\n  ann: {{webhook: '{ann.url}/hook'}}\n"
            f"  oncall: {{webhook: '{oncall.url}/hook'}}\n"
            "notify: {fallback: oncall}\nworries: [risks.yml]\n")


def judged(server, key, verdict):
    """The row of the worry, once its verdict is `verdict`."""
    def seen():
        row = server.worry("written", key)
        return row if row and row["verdict"] == verdict else None
    return wait_for(f"{key} is judged {verdict}", seen, daytwo.NOTICED_WITHIN_S)


def told(receiver, worry):
    """The summary and description of the notice about `worry`."""
    def seen():
        for _, message in receiver.taken():
            for alert in message["alerts"]:
                if alert["labels"]["worry"] == "tripwire/written/" + worry:
                    return alert["annotations"]
        return None
    return wait_for(f"a notice about {worry}", seen, daytwo.NOTICED_WITHIN_S)


def leave(server, row):
    done = server.cli("worry", "decide", row["id"], "leave", "--as", "ann")
    equal(done.returncode, 0, done.stderr)


def an_acceptance_comes_back(server, ann):
    """Accepted in a file it is left, out of it judged; on its day ann, who accepted, is told."""
    file = server.folder / "risks.yml"
    worth_doing = RISKS + """  - id: kept
    title: the archive of checkout is lost
    service: checkout
    frequency: 2 a year
    loss: {revenue: "$90k to $200k"}
    option: {name: a copy, takes: 1 to 2 person-days, cuts: 90%}
"""

    def state(more):
        file.write_text(worth_doing + more)
        equal(server.post("/-/reload").status, 200, "reload")

    state("options: [{id: keep, accept: kept, until: 2999-01-01, by: ann}]\n")
    judged(server, "kept", "leave")
    state("")
    judged(server, "kept", "do")
    state("options: [{id: keep, accept: kept, until: 2026-01-01, by: ann}]\n")
    note = told(ann, "kept")
    print(f"  {note['summary']}: {note['description']}", flush=True)
    holds(note["summary"], "the archive of checkout is lost", "which worry")
    holds(note["description"], "2026-01-01", "the day")


def a_price_brings_it_back(server, ann):
    """A dearer hour turns the verdict: ann, who left it, hears why."""
    leave(server, judged(server, "by-price", "leave"))
    done = server.cli("stakes", "an hour of checkout down costs $90k to $200k")
    equal(done.returncode, 0, done.stderr)
    note = told(ann, "by-price")
    print(f"  {note['summary']}: {note['description']}", flush=True)
    holds(note["summary"], "the provider of checkout fails", "which worry")
    holds(note["description"], "ann left it on", "who decided")
    holds(note["description"], "a second provider is worth", "why it flipped")


def a_rate_brings_it_back(server, ann):
    """The live rate passes the bound: ann hears it, and the verdict takes what was measured."""
    row = judged(server, "by-rate", "leave")
    equal(row["tripwire"]["query"], "sum(daytwo_count_total{flow='lost'})", "watched by")
    equal(row["tripwire"]["input"], "by-rate.events", "what is watched")
    leave(server, row)
    equal(server.post("/api/daytwo/v1/count/lost.received?n=40", token=False).status, 204, "count")
    note = told(ann, "by-rate")
    print(f"  {note['summary']}: {note['description']}", flush=True)
    holds(note["description"], "flips when 'by-rate' happens more than", "the sentence")
    holds(note["description"], "(now 40, the bound is > ", "what was measured")
    page = wait_for("40 a year of $10k and more", lambda: (
        lambda seen: seen if seen["ours"]["mean"] > 40 * 10e3 else None)(
            server.page("worries/" + row["id"])), daytwo.NOTICED_WITHIN_S)
    check(page["customers"]["mean"] > 40 * 1e3, "what customers bear stands beside it")


def what_was_left_comes_back():
    """Each tripwire once, to the one who decided and to nobody else."""
    with daytwo.Receiver() as ann, daytwo.Receiver() as oncall:
        with daytwo.server("--self.observe=false", "--web.enable-lifecycle",
                           config=configuration(ann, oncall),
                           start=False) as server:
            (server.folder / "risks.yml").write_text(RISKS)
            server.start()
            an_acceptance_comes_back(server, ann)
            a_price_brings_it_back(server, ann)
            a_rate_brings_it_back(server, ann)
            about = [alert["labels"]["worry"] for _, message in ann.taken()
                     for alert in message["alerts"]]
            equal(sorted(about), [f"tripwire/written/{each}"
                                  for each in ("by-price", "by-rate", "kept")], "each once")
            equal(oncall.taken(), [], f"nobody else: {json.dumps(oncall.taken())[:300]}")


daytwo.main(what_was_left_comes_back)
