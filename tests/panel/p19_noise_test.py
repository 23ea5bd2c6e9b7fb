#!/usr/bin/env python3
"""P19: Which alerts are noise?"""
import datetime
import json
import re

from shop import shop
from daytwo import check, equal, main

COMMAND = ("noise",)


def at(minutes):
    now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def fire(demo, name, began, lasted, service):
    """As Prometheus posts it: it fires, and later it does not."""
    alert = {"labels": {"alertname": name, "severity": "page", "service": service},
             "annotations": {}, "startsAt": at(-began), "endsAt": at(5), "generatorURL": ""}
    equal(demo.post("/api/v2/alerts", [alert], token=False).status, 200, f"{name} fires")
    alert["endsAt"] = at(lasted - began)
    equal(demo.post("/api/v2/alerts", [alert], token=False).status, 200, f"{name} ends")


def names_the_rule_that_is_noise():
    """A rule that ended by itself 13 of 14 times is noise; one that four incidents followed not."""
    with shop() as demo:
        for hour in range(1, 14):
            fire(demo, "SomethingSlow", 60 * hour + 20, 3, "search")
        fire(demo, "SomethingSlow", 900, 45, "search")
        for hour in (2, 8, 14, 20):
            fire(demo, "CheckoutFails", 60 * hour, 50, "checkout")
        history = demo.folder / "incidents.csv"
        rows = [f"checkout,payments refused,{at(-60 * hour + 3)},{at(-60 * hour + 48)}"
                for hour in (2, 8, 14, 20)]
        rows.append(f"search,index gone,{at(-895)},{at(-860)}")
        history.write_text("service,title,began,ended\n" + "\n".join(rows) + "\n",
                           encoding="utf-8")
        equal(demo.cli("import", "incidents", str(history)).returncode, 0, "import incidents")
        equal(demo.cli("stakes", "a person-hour costs $60 to $150").returncode, 0, "stakes")
        code, answer = demo.ask(*COMMAND)
        equal(code, 3, "exit code of noise")
        check(re.search(r"^1 of \d+ alert rules that fired in 30d is noise.*\. SomethingSlow fired "
                        r"14 times in 30d and called people 14 times; useful in 1 of 14 \(90 %: "
                        r"\d+ to \d+ %\): make it a ticket, or raise its `for` by 4m: 13 of 14 "
                        r"ended by themselves$", answer.splitlines()[0]), answer)
        page = json.loads(demo.cli(*COMMAND, "--output", "json").stdout)
        rules = {row["rule"]: row for row in page["rules"]}
        fails = rules["CheckoutFails"]
        equal((fails["followed"], fails["verdict"]), (4, "unsure"), f"{fails}")
        check(fails["noise_chance"] < 0.5, f"{fails}")
        check(rules["SomethingSlow"]["cost"]["unit"] == "USD", f"{rules['SomethingSlow']}")


main(names_the_rule_that_is_noise)
