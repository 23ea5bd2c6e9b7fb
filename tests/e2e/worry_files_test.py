#!/usr/bin/env python3
"""Worries kept in files: they enter the loop, follow the file, and end with it."""
import pathlib
import sqlite3
import tempfile

import daytwo
from daytwo import check, equal, holds, wait_for

FILE = """risks:
- id: provider-lost
  estimate: "{estimate}"
  title: the payment provider is lost
  service: payments
  source: storage on-call
"""
CONFIG = "worries: ['worries/*.yml']\n"


def files_are_followed():
    """A file's worry has a verdict; a reload takes its change, and its end; a mistake is placed."""
    with daytwo.server("--self.observe=false", "--web.enable-lifecycle", config=CONFIG,
                       start=False) as server:
        refused = daytwo.run("check", "config", str(server.config))
        equal(refused.returncode, 2, "a glob that no file fits")
        file = server.folder / "worries" / "payments.yml"
        file.parent.mkdir()
        file.write_text(FILE.format(estimate="30% a year that payments is down, 8h to 2h"))
        refused = daytwo.run("check", "config", str(server.config))
        equal(refused.returncode, 2, "an interval upside down")
        holds(refused.stderr, f"{file}:3:", "where it is")

        file.write_text(FILE.format(estimate="30% a year that payments is down, 2h to 8h"))
        server.start()
        row = server.wait_worry("written", "provider-lost", seconds=30)
        equal([row["title"], row["service"]], ["the payment provider is lost", "payments"], "it")
        first = wait_for("a verdict", lambda: judged(server), 30)
        check(1 < first["worth"]["mean"] < 2.2, f"0.36 events of 4.4 hours: {first['worth']}")

        server.stop()
        server.start()
        thread = server.page(f"worries/{row['id']}")["thread"]
        equal(len([one for one in thread if one["kind"] == "written"]), 1,
              "records of a worry that did not change")

        file.write_text(FILE.format(estimate="90% a year that payments is down, 2h to 8h"))
        equal(server.post("/-/reload").status, 200, "reload")
        wait_for("the change counts", lambda: judged(server)["worth"]["mean"] >
                 3 * first["worth"]["mean"], 30)

        file.write_text("risks: []\n")
        equal(server.post("/-/reload").status, 200, "reload")
        server.wait_worry("written", "provider-lost", "closed", seconds=30)


def bounds_are_said():
    """A file that is too large says what to do; a mistake in each line floods no screen."""
    with tempfile.TemporaryDirectory(prefix="daytwo-e2e-") as folder:
        file = pathlib.Path(folder) / "worries.yml"
        file.write_text("risks:\n" + "# filling up\n" * 400_000)
        for verb in ("risk", "plan"):
            refused = daytwo.run(verb, str(file))
            check(refused.returncode != 0, f"{verb} of a large file")
            holds(refused.stderr, f"{file} is larger than 4.00 MiB: split it", verb)
        config = pathlib.Path(folder) / "daytwo.yml"
        config.write_text("worries: [worries.yml]\n")
        refused = daytwo.run("check", "config", str(config))
        equal(refused.returncode, 2, "check config of a large file")
        holds(refused.stderr, "is larger than 4.00 MiB: split it", "check config")
        file.write_text("risks:\n" + "".join(f"- id: r{i}\n  rate: 1\n" for i in range(500)))
        refused = daytwo.run("risk", str(file))
        equal(refused.returncode, 2, "500 risks with mistakes")
        check(len(refused.stderr.splitlines()) < 250, "lines of it")
        holds(refused.stderr, f"{file}:2:3:", "the first")
        holds(refused.stderr, "problems more", "how many are left")


PARTS = """stakes:
- a person-day costs $600 to $1200
- an hour of payments down costs $2k to $20k
risks:
- id: escape
  service: payments
  frequency: {often} a year
  loss: {{response: "$20k to $200k", fine: {{amount: "$50k to $2M", chance: 20%}}}}
- id: plain
  service: payments
  estimate: "30% a year that payments is down, 2h to 8h"
options:
- {{id: encrypt, kind: security, once: "$5k to $9k", days: 2 to 5, cuts: {{escape: 60% to 90%}}}}
"""


def verdicts_are_computed_again():
    """A verdict replays bit for bit, also after the file moved on; what is missing is said."""
    with daytwo.server("--self.observe=false", "--web.enable-lifecycle", config=CONFIG,
                       start=False) as server:
        file = server.folder / "worries" / "payments.yml"
        file.parent.mkdir()
        file.write_text(PARTS.format(often="2% to 8%"))
        server.start()
        for title in ("escape", "plain"):
            wait_for("a verdict on " + title, lambda: priced(server, title), 60)
            same(server, title)
        rests = {one["name"] for one in replayed(server, "escape")["rests_on"]}
        check({"premise register", "premise stakes", "premise history"} <= rests, f"rests: {rests}")
        server.stop()
        server.start()
        same(server, "escape")

        before = replayed(server, "escape")
        file.write_text(PARTS.format(often="40% to 60%"))
        equal(server.post("/-/reload").status, 200, "reload")
        wait_for("a verdict on the new file", lambda:
                 replayed(server, "escape")["rests_on"] != before["rests_on"], 60)
        same(server, "escape")

        nothing = server.cli("worry", "replay", "written/nothing")
        equal(nothing.returncode, 1, "a worry that is not there")
        holds(nothing.stderr, "there is no worry", "and it says so")

        server.stop()
        with sqlite3.connect(server.storage / "ledger.db") as ledger:
            ledger.execute("DELETE FROM record WHERE key = 'premise/register'")
        ledger.close()
        server.start()
        refused = server.cli("worry", "replay", "written/escape")
        equal(refused.returncode, 1, "a text that is missing")
        holds(refused.stdout, "not replayed: the journal does not have the register", "and why")
        same(server, "plain")


def priced(server, title):
    row = server.worry("written", title)
    return row if row and row["worth"] and row["worth"]["unit"] == "USD" else None


def replayed(server, title):
    return server.page(f"worries/{server.worry('written', title)['id']}/replay")


def same(server, title):
    said = server.cli("worry", "replay", "written/" + title)
    equal(said.returncode, 0, f"{said.stdout}{said.stderr}")
    holds(said.stdout, "same verdict, same bits", title)


def judged(server):
    row = server.worry("written", "provider-lost")
    return row if row and row["worth"] else None


daytwo.main(bounds_are_said, files_are_followed, verdicts_are_computed_again)
