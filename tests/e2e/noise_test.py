#!/usr/bin/env python3
"""Which alerts are noise: usefulness of a rule from what was received, imported and answered."""
import csv
import datetime
import io
import json

import daytwo
from daytwo import check, equal, holds


def at(minutes):
    """An instant so many minutes from now."""
    now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def fire(server, name, began, lasted, **labels):
    """An alert that began so many minutes ago and lasted so many; nothing: it goes on."""
    alert = {"labels": {"alertname": name, **labels}, "startsAt": at(-began), "endsAt": at(5),
             "annotations": {}, "generatorURL": ""}
    equal(server.post("/api/v2/alerts", [alert], token=False).status, 200, f"{name} fires")
    if lasted is not None:
        alert["endsAt"] = at(lasted - began)
        equal(server.post("/api/v2/alerts", [alert], token=False).status, 200, f"{name} ends")


def rules(server, *more):
    done = server.cli("noise", "--output", "json", *more)
    return done.returncode, {row["rule"]: row for row in json.loads(done.stdout)["rules"]}


def imported(server, kind, name, text):
    path = server.folder / name
    path.write_text(text, encoding="utf-8")
    done = server.cli("import", kind, str(path))
    equal(done.returncode, 0, f"import {kind}: {done.stderr}")


def what_followed_speaks():
    """Ends by themselves speak against a rule, incidents for it; without either it is unknown."""
    with daytwo.server() as server:
        empty = server.cli("noise")
        equal(empty.returncode, 0, "exit code without an alert")
        holds(empty.stdout, "no alert fired in 30d", "the answer without an alert")
        holds(empty.stdout, "daytwo import alerts", "what to do without an alert")
        for hour in range(1, 14):
            fire(server, "SomethingSlow", 60 * hour, 3, severity="page", service="checkout")
        fire(server, "CheckoutDown", 300, 40, severity="page", service="checkout")
        for hour in range(6, 9):
            fire(server, "Heartbeat", 60 * hour, 20, service="search")
        imported(server, "incidents", "incidents.csv",
                 f"service,title,began,ended\ncheckout,down,{at(-290)},{at(-262)}\n")
        code, seen = rules(server)
        equal(code, 3, "exit code with a rule that is noise")
        slow = seen["SomethingSlow"]
        # The incident of four hours and a half overlaps none that lasted three minutes.
        equal((slow["fired"], slow["short_lived"], slow["useful"]), (13, 13, 0), f"{slow}")
        equal((slow["called"], slow["asleep"]), (13, None), f"called: {slow}")
        equal(slow["verdict"], "noise", f"{slow}")
        # Beta(1, 1 + 13 / 2): P(share < 1/2) = 1 - 2^-7.5.
        check(abs(slow["noise_chance"] - (1 - 2 ** -7.5)) < 1e-6, f"{slow}")
        check(abs(slow["share"]["p95"] - (1 - 0.05 ** (1 / 7.5))) < 1e-6, f"{slow}")
        holds(slow["sentence"], "raise its `for` by 4m: 13 of 13 ended by themselves", "advice")
        equal(slow["minutes"]["mean"], 13 * 53, "person-minutes")
        equal(slow["cost"], None, "money before anybody stated an hour")
        down = seen["CheckoutDown"]
        equal((down["followed"], down["useful"], down["verdict"]), (1, 1, "unsure"), f"{down}")
        equal((seen["Heartbeat"]["share"], seen["Heartbeat"]["verdict"]), (None, "unknown"),
              f"{seen['Heartbeat']}")
        shown = server.cli("noise").stdout
        holds(shown, "not known: who slept", "what the answer lacks")
        table = list(csv.DictReader(io.StringIO(server.cli("noise", "--output", "csv").stdout)))
        equal(table[0]["rule"], "SomethingSlow", "the most attention first")
        misspelt = server.cli("noise", "SomethingSlo")
        equal(misspelt.returncode, 1, "exit code of an unknown rule")
        holds(misspelt.stderr, "did you mean SomethingSlow", "the nearest rule")
        wrong = server.get("/api/daytwo/v1/noise", since="yesterday")
        equal(wrong.status, 400, f"a span that is none: {wrong.text}")
        equal(rules(server, "--since", "10m")[1], {}, "what fired before the window")


def answers_outweigh():
    """What a person answers to a page counts whole, and an hour of work gives attention a price."""
    with daytwo.Receiver() as receiver:
        config = daytwo.webhook_config(receiver).replace(
            "fallback: oncall", "fallback: oncall, hours: 'Mon-Sun 00:00-24:00 UTC'")
        with daytwo.server(config=config) as server:
            fire(server, "DiskSlow", 1, None, severity="page", service="db")
            page = daytwo.wait_for("a page about DiskSlow", lambda: [
                row for row in server.page("pages")["pages"]
                if "DiskSlow" in row["title"] and row["state"] == "sent"], 60)[0]
            code, seen = rules(server)
            equal((code, seen["DiskSlow"]["share"]), (0, None), "nobody answered yet")
            voted = server.post(f"/api/daytwo/v1/pages/{page['id']}/feedback", {"vote": "noise"})
            equal(voted.status, 200, f"feedback: {voted.text}")
            stated = server.cli("stakes", "a person-hour costs $60 to $150")
            equal(stated.returncode, 0, stated.stderr)
            row = rules(server)[1]["DiskSlow"]
            equal((row["answered"], row["judged"], row["useful"]), (1, 1, 0), f"{row}")
            equal((row["called"], row["by_custom"], row["asleep"]), (1, False, 0), f"{row}")
            # Beta(1, 2): P(share < 1/2) = 3/4.
            check(abs(row["noise_chance"] - 0.75) < 1e-6, f"{row}")
            equal(row["cost"]["unit"], "USD", f"{row}")
            check(10 < row["cost"]["p05"] < row["cost"]["mean"] < row["cost"]["p95"] < 400,
                  f"{row['cost']}")


daytwo.main(what_followed_speaks, answers_outweigh)
