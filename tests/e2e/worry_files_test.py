#!/usr/bin/env python3
"""Worries kept in files: they enter the loop, follow the file, and end with it."""
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


def judged(server):
    row = server.worry("written", "provider-lost")
    return row if row and row["worth"] else None


daytwo.main(files_are_followed)
