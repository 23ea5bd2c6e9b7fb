#!/usr/bin/env python3
"""What really happened teaches papers: risk, worth and plan from files take the incidents and
deploys of a server, show the rate before and after, and say so when nobody answers."""
import datetime
import json
import pathlib
import tempfile

import daytwo
from daytwo import check, equal, free_port, holds, run, wait_for

FILE = """stakes: ["a person-day costs $600 to $1200", "an hour of checkout down costs $1k to $2k"]
risks:
  - {id: cards, service: checkout, estimate: "50% a year that checkout is down, $100k to $200k"}
  - {id: rollback, service: checkout, estimate: "1 in 20 deploys, $1k to $4k"}
  - {id: dark, service: checkout, estimate: "once in 5 years that checkout is down, 1h to 2h"}
  - {id: parts, service: checkout, title: checkout is down, frequency: once in 5 years,
     duration: 1h to 2h, loss: {revenue: duration, response: "duration * 3 * $100/h"}}
options:
  - {id: second, kind: reliability, once: "$10k", days: 5 to 15,
     cuts: {cards: 60% to 90%, dark: 50%, parts: 40%}}
"""


def day(years_ago):
    then = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(365.25 * years_ago)
    return then.strftime("%Y-%m-%dT%H:%M:%SZ")


def imported(server):
    """Eight outages in two years, and 200 deploys in two."""
    outages = server.folder / "incidents.csv"
    outages.write_text("service,began,ended,title\n" + "".join(
        f"checkout,{day(i / 4)},{day(i / 4 - 0.001)},checkout down again\n" for i in range(1, 9)))
    deploys = server.folder / "deploys.csv"
    deploys.write_text("service,at\n" + "".join(
        f"checkout,{day(2 - i / 100)}\n" for i in range(200)))
    for kind, file in (("incidents", outages), ("deploys", deploys)):
        done = server.cli("import", kind, str(file))
        equal(done.returncode, 0, f"{kind}: {done.stdout} {done.stderr}")


def asked(command, *options):
    done = run(*command, *options, "--output=json")
    equal(done.returncode, 0, done.stderr)
    return json.loads(done.stdout)


def incidents_and_deploys_move_the_papers():
    """The rate moves up, the notes say from what to what, and 'none' leaves it as stated."""
    with daytwo.server("--self.observe=false") as server:
        imported(server)
        page = server.page("history")
        equal(len(page["incidents"]), 8, "incidents")
        equal([(each["service"], each["count"]) for each in page["deploys"]], [("checkout", 200)],
              "deploys")
        file = server.folder / "risks.yml"
        file.write_text(FILE)
        own = ("--server", server.base)
        risk = asked(("risk", str(file)), *own)
        stated = asked(("risk", str(file)), "--server=none", "--deploys=100")
        often = {each["id"]: each["events_a_year"] for each in risk["risks"]}
        before = {each["id"]: each["events_a_year"] for each in stated["risks"]}
        check(often["cards"] > 3 * before["cards"], f"{before} to {often}")
        check(before["rollback"] == 5, f"5 of 100 deploys: {before}")
        check(2 * often["rollback"] > before["rollback"], f"counted deploys: {often}")
        for command in (("risk", str(file)), ("worth", "second", str(file)), ("plan", str(file))):
            notes = "\n".join(asked(command, *own)["notes"])
            holds(notes, "then 8 incidents in 2.0 years", f"{command[0]}: prior to posterior")
            holds(notes, "knows 8 incidents since", f"{command[0]}: from where")
            for worry in ("dark", "parts"):
                holds(notes, f"'{worry}': how long one event takes is stated 1.4 hours (90 %: 1 "
                      "to 2), then 8 incidents of 8.8 hours", f"{command[0]}: how long")
        text = server.cli("worth", "second", str(file), token=False)
        holds(text.stdout, "Note: 'cards': how often is stated", "in words, too")


def near_misses_move_the_papers():
    """Forty close calls beside one incident raise its rate, and the note names them."""
    with daytwo.server("--self.observe=false") as server:
        outage = server.folder / "incidents.csv"
        outage.write_text("service,began,title\n" + f"checkout,{day(2)},checkout down\n")
        near = server.folder / "near.csv"
        near.write_text("service,at,title\n" + "".join(
            f"checkout,{day(1.9 - i / 25)},provider slow for a minute\n" for i in range(40)))
        file = server.folder / "risks.yml"
        file.write_text(FILE)
        ask = ("risk", str(file))

        def rate():
            page = asked(ask, "--server", server.base, "--deploys=100")
            return {each["id"]: each["events_a_year"] for each in page["risks"]}["cards"], page

        equal(server.cli("import", "incidents", str(outage)).returncode, 0, "incidents")
        before, _ = rate()
        done = server.cli("import", "near-misses", str(near))
        equal(done.returncode, 0, done.stderr)
        after, page = rate()
        check(after > 1.2 * before, f"{before} to {after}")
        holds("\n".join(page["notes"]), "1 incident and 40 near misses in 2.0 years", "the note")
        equal(len(server.page("history")["near_misses"]), 40, "near misses of GET /history")
        broken = server.folder / "broken.csv"
        broken.write_text("service,at,title\ncheckout,soon,x\n")
        done = server.cli("import", "near-misses", str(broken))
        equal(done.returncode, 2, done.stdout)
        holds(done.stderr, "broken.csv:2:", "the place of the mistake")


def alerts_move_what_says_so():
    """Days of an alert that comes before an event move its rate; other worries do not notice."""
    with daytwo.server("--self.observe=false") as server:
        alerts = server.folder / "alerts.csv"
        alerts.write_text("alert,at,service\n" + "".join(
            f"CardsSlow,{day(1.9 - i / 25)},checkout\n" for i in range(40)))
        file = server.folder / "risks.yml"
        file.write_text("""
stakes: [an hour of checkout down costs $2k to $20k]
risks:
  - {id: cards, service: checkout, estimate: "once in 2 years that cards fail, 2h to 8h",
     alerts: {CardsSlow: 5% to 15%}}
  - {id: other, service: checkout, estimate: "once in 2 years that cards fail, 2h to 8h"}
""")
        ask = ("risk", str(file), "--server", server.base)
        before = {each["id"]: each["events_a_year"] for each in asked(ask)["risks"]}
        done = server.cli("import", "alerts", str(alerts))
        equal(done.returncode, 0, done.stderr)
        page = asked(ask)
        after = {each["id"]: each["events_a_year"] for each in page["risks"]}
        check(after["cards"] > 2 * before["cards"], f"{before} to {after}")
        equal(after["other"], before["other"], "no word on alerts, no move")
        holds("\n".join(page["notes"]), "then 40 days of CardsSlow without an incident in 1.9",
              "the note")
        equal(len(server.page("history")["alert_days"]), 40, "alerts of GET /history")
        sent = [{"labels": {"alertname": "CardsSlow", "service": "checkout"}}]
        equal(server.post("/api/v2/alerts", sent).status, 200, "an alert of today")
        equal(len(server.page("history")["alert_days"]), 41, "a day more")
        broken = server.folder / "broken.csv"
        broken.write_text("alert,at\nCardsSlow,soon\n")
        done = server.cli("import", "alerts", str(broken))
        equal(done.returncode, 2, done.stdout)
        holds(done.stderr, "broken.csv:2:", "the place of the mistake")


def seconds_ago(seconds):
    then = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=seconds)
    return then.strftime("%Y-%m-%dT%H:%M:%SZ")


def what_people_state_is_scored():
    """How often waits for its time; how long is scored by the first incident after it was said."""
    with daytwo.server("--self.observe=false") as server:
        stated = "twice a year that checkout is down, 2h to 8h"
        done = server.cli("worry", "add", stated, "--as=ann")
        equal(done.returncode, 0, done.stderr)

        def foretold():
            return [each for each in server.page("learn")["forecasts"]
                    if each["what"] == "checkout is down within 30 days"]
        often = wait_for("a forecast of how often", foretold, 60)[0]
        equal(often["state"], "waiting", "30 days are not over")
        equal(often["said"], "15 % likely", "1 - e^(-2 * 30 / 365.25)")
        said = seconds_ago(0)
        wait_for("another second", lambda: seconds_ago(3) > said, 30)
        file = server.folder / "incidents.csv"
        file.write_text("service,began,ended,title\n"
                        f"checkout,{seconds_ago(2)},{seconds_ago(1)},checkout away\n")
        done = server.cli("import", "incidents", str(file))
        equal(done.returncode, 0, done.stderr)

        def scored():
            return [each for each in server.page("learn")["forecasters"]
                    if (each["name"], each["source"]) == ("ann", "how long")]
        row = wait_for("the score of how long", scored, 60)[0]
        equal((row["held"], row["ranges"]), (0, 1), "a second is no 2 to 8 hours")
        holds(server.cli("learn").stdout, "how long", "the table")


def without_a_server_it_says_so():
    """One line; a server that was named and does not answer is an error."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "risks.yml"
        file.write_text(FILE)
        notes = asked(("risk", str(file)), "--server=none", "--deploys=100")["notes"]
        holds("\n".join(notes), "rates are as the files state them", "in one line")
        done = run("worth", "second", str(file), "--deploys=100", "--server",
                   f"http://127.0.0.1:{free_port()}")
        equal(done.returncode, 4, done.stdout)
        holds(done.stderr, "no daytwo answers", "who does not answer")


daytwo.main(incidents_and_deploys_move_the_papers, near_misses_move_the_papers,
            alerts_move_what_says_so, what_people_state_is_scored, without_a_server_it_says_so)
