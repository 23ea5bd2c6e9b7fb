#!/usr/bin/env python3
"""P13: an SLA for security: what do we promise, what does it cost to break it?"""
import datetime
import json
import os

from shop import shop
from daytwo import check, equal, main, skip, wait_for

COMMAND = ("slo", "security", "checkout")
# Every process of the shop maps it: a made-up hole in it is in what really runs.
LIBRARY = "glibc"


def days_ago(days):
    today = datetime.datetime.now(tz=datetime.timezone.utc).date()
    return (today - datetime.timedelta(days=days)).isoformat()


def day_of(milliseconds):
    at = datetime.datetime.fromtimestamp(milliseconds / 1000, tz=datetime.timezone.utc)
    return at.date().isoformat()


def write_feeds(folder, known_for_days, epss="0.4"):
    """Advisories of this test: one hole in the C library, known to be exploited for so long."""
    folder.mkdir(exist_ok=True)
    record = {"id": "DEBIAN-CVE-2026-90001", "modified": "2026-01-02T00:00:00Z",
              "published": "2026-01-02T00:00:00Z", "upstream": ["CVE-2026-90001"],
              "summary": "a hole made up for a test",
              "affected": [{"package": {"ecosystem": "Debian:12", "name": LIBRARY},
                            "ranges": [{"type": "ECOSYSTEM", "events": [
                                {"introduced": "0"}, {"fixed": "99:1"}]}]}]}
    (folder / "osv.json").write_text(json.dumps(record), encoding="utf-8")
    kev = {"title": "CISA Catalog of Known Exploited Vulnerabilities", "catalogVersion": "1",
           "dateReleased": "2026-01-02T00:00:00Z", "count": 1, "vulnerabilities": [
               {"cveID": "CVE-2026-90001", "vendorProject": "none", "product": LIBRARY,
                "vulnerabilityName": "made up", "dateAdded": days_ago(known_for_days),
                "shortDescription": "made up", "requiredAction": "upgrade",
                "dueDate": days_ago(known_for_days - 21),
                "knownRansomwareCampaignUse": "Unknown"}]}
    (folder / "kev.json").write_text(json.dumps(kev), encoding="utf-8")
    (folder / "epss.csv").write_text(
        "#model_version:v2025.03.14,score_date:2026-11-22T00:00:00+0000\n"
        f"cve,epss,percentile\nCVE-2026-90001,{epss},0.97\n", encoding="utf-8")


def known_for(days):
    """Feeds of this test instead of the demo's own."""
    def edit(examples):
        config = examples / "demo.yml"
        config.write_text(config.read_text(encoding="utf-8") + "advisories: [advisories]\n",
                          encoding="utf-8")
        write_feeds(examples / "advisories", days)
    return edit


def row_of(demo):
    page = json.loads(demo.cli(*COMMAND, "--output", "json").stdout)
    return page["rows"][0] if page["rows"] else {}


def measured(demo):
    wait_for("an exposure that counts", lambda: row_of(demo).get("days", 0) > 0, 90, every=1)


def needs_packages():
    if not os.path.exists("/var/lib/dpkg/status"):
        skip("no dpkg database: install dpkg")


def broken_then_priced_then_shown_to_a_client():
    """Known for 100 days: late from the first look, so credits are owed and days cost money."""
    needs_packages()
    with shop(known_for(100)) as demo:
        measured(demo)
        code, answer = demo.ask(*COMMAND)
        equal(code, 3, "exit code of a broken promise")
        check("checkout: broken: 0.0 % of" in answer.splitlines()[0], answer)
        check("owed by what was measured: 25.0 % of the fee to sellers, $25k"
              in answer.splitlines()[0], answer)
        check("incidents expected" in answer, f"no money before a stake: {answer}")
        check("daytwo stakes" in answer, f"the question that is open: {answer}")
        demo.ask("stakes", "an incident of checkout costs $200k to $2M")
        code, answer = demo.ask(*COMMAND)
        check("a day more of what is late costs $" in answer.splitlines()[0], answer)
        row = row_of(demo)
        equal((row["standing"], row["late"]), ("broken", 1), "one late exposure")
        equal(row["cost"]["a_late_day"]["unit"], "USD", "in money")
        check(row["cost"]["a_late_day"]["mean"] > 0 and row["kept_again_by"], str(row))
        equal(row["exposures"][0]["title"], "CVE-2026-90001 in glibc", "what it is")
        worry = demo.page(f"worries/{row['exposures'][0]['worry']}")["worry"]
        equal(worry["kind"], "exposure", "the worry behind it")
        code, answer = demo.ask(*COMMAND, "--posture")
        equal(code, 3, "the client learns that it is broken")
        text = answer + json.dumps(demo.page("security/posture"))
        for secret in ("CVE", LIBRARY, row["exposures"][0]["host"] + ":", "worr", "127.0.0.1"):
            check(secret not in text, f"{secret} is for us alone: {text}")


def kept_until_it_is_due():
    """The demo's own, known for two days: 19 are left, and the answer says until when."""
    needs_packages()
    with shop() as demo:
        demo.ask("stakes", "an incident of checkout costs $200k to $2M")
        measured(demo)
        code, answer = demo.ask(*COMMAND)
        equal(code, 0, "exit code of a kept promise")
        check("checkout: kept: 100.0 % of" in answer.splitlines()[0], answer)
        row = row_of(demo)
        due = row["exposures"][0]["due"]
        equal(day_of(due), days_ago(2 - 21), "the day it is due")
        check(row["breaks_by"] > due, str(row))
        check(row["credits"][0]["share_now"] == 0 and row["credits"][0]["share_if_left"] > 0,
              str(row["credits"]))
        code, answer = demo.ask(*COMMAND, "--posture")
        equal(code, 0, "a client learns that it is kept")


def without_a_promise_or_without_a_look():
    """What nobody promises teaches the line; what nobody measured is not called kept."""
    def look_nowhere(examples):
        config = examples / "demo.yml"
        config.write_text(config.read_text(encoding="utf-8") + "advisories: [nothing-here]\n",
                          encoding="utf-8")

    with shop(look_nowhere) as demo:
        code, answer = demo.ask("slo", "security", "payments")
        equal(code, 0, "exit code of what is not known")
        check(answer.startswith("payments: not known: "), answer)
        check("no package was held against an advisory yet" in answer, answer)
        code, answer = demo.ask("slo", "security", "search")
        equal(code, 0, "exit code")
        check("security: [{name: known-exploited, due: 21d, target: 99}]" in answer, answer)
        code, _ = demo.ask("slo", "security", "chekout")
        equal(code, 1, "an unknown service")


main(broken_then_priced_then_shown_to_a_client, kept_until_it_is_due,
     without_a_promise_or_without_a_look)
