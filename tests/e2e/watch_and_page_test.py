#!/usr/bin/env python3
"""A watched service stops: a worry, and one page that survives what happens to pages."""
import urllib.parse

import daytwo
from daytwo import check, equal, holds, wait_for


def labels_of(message):
    return message["alerts"][0]["labels"]


def firing(receiver, count=1, seconds=daytwo.NOTICED_WITHIN_S):
    return wait_for(f"{count} pages taken",
                    lambda: (lambda t: t if len(t) >= count else None)(receiver.taken()), seconds)


def down_and_back():
    """A stopped service pages; the link acknowledges once; its return closes and says so."""
    with daytwo.Listener() as service, daytwo.Receiver() as receiver:
        with daytwo.server(config=daytwo.webhook_config(receiver)) as server:
            done = server.cli("watch", service.url)
            equal(done.returncode, 0, f"watch: {done.stderr}")
            probe = f'probe_success{{instance="{service.url}"}}'
            wait_for("the service is up", lambda: server.query(f"{probe} == 1"), 30)
            # Long enough that a page, had one been owed, would be here.
            equal(receiver.attempts, [], "pages while the service is up")
            service.stop()
            server.wait_worry("probe", service.url)
            key, message = firing(receiver)[0]
            check(key, "a page carries an Idempotency-Key")
            equal(message["version"], "4", "the version of the webhook")
            equal(labels_of(message)["severity"], "page", "severity")
            waiting_against_waking(server, message)
            holds(server.worry("probe", service.url)["paged"], "sent to oncall by webhook",
                  "what the worry says of its page")
            acknowledge_by_link(server, message)
            holds(server.worry("probe", service.url)["paged"], "oncall has it",
                  "what the worry says once somebody has it")
            vote_by_link(server, message)
            service.start()
            server.wait_worry("probe", service.url, "closed")
            resolved = wait_for("the resolve message", lambda: receiver.taken("resolved"), 30)
            equal(labels_of(resolved[0][1])["worry"], labels_of(message)["worry"], "what resolved")
            check(resolved[0][0] != key, "a resolve message has a key of its own")
            equal(len(receiver.taken()), 1, "pages for one outage")


def acknowledge_by_link(server, message):
    link = message["alerts"][0]["annotations"]["ack_url"]
    check(link.startswith(server.base + "/"), f"the link leads here: {link}")
    path = urllib.parse.urlsplit(link).path
    shown = server.get(path)
    equal(shown.status, 200, f"GET of the link: {shown.text}")
    holds(shown.text, "<form", "the link asks before it acts")
    acked = lambda: [p for p in server.page("pages")["pages"] if p["acked"]]
    equal(acked(), [], "acknowledged by a look at the link")
    changed = server.post(path[:-4] + ("AAAA" if not path.endswith("AAAA") else "BBBB"),
                          token=False)
    check(changed.status in (400, 401, 403), f"a changed link answered {changed.status}")
    equal(acked(), [], "acknowledged by a changed link")
    equal(server.post(path, token=False).status, 200, "POST of the link")
    rows = wait_for("the acknowledgement", acked, 10)
    equal(rows[0]["acked_by"], "oncall", "who acknowledged")
    again = server.post(path, token=False)
    equal(again.status, 409, "the second use of the link")


def waiting_against_waking(server, message):
    """What waiting would have cost stands in the message, the API and the command line; without
    stakes it names what is missing, with them it is weighed in money."""
    said = message["alerts"][0]["annotations"]["waiting_against_waking"]
    holds(said, "Waiting until ", "the shadow in the message")
    holds(said, "between ? and ?", "the price that is missing")
    check("$" not in said, f"no money that nobody stated: {said}")
    rows = server.page("pages")["pages"]
    equal([row["shadow"] for row in rows], [said], "the shadow in the API")
    holds(server.cli("page", "list").stdout, said, "the shadow in `page list`")
    for stake in ("an hour down costs $2k to $20k", "a person-hour costs $60 to $150"):
        equal(server.cli("stakes", stake).returncode, 0, stake)
    shadows = lambda: [row["shadow"] for row in server.page("pages")["pages"]]
    weighed = wait_for("both sides in money",
                       lambda: [said for said in shadows() if "; waking costs $" in said], 30)
    holds(weighed[0], " of 20 worlds", "how sure it is")


def vote_by_link(server, message):
    path = urllib.parse.urlsplit(message["alerts"][0]["annotations"]["useful_url"]).path
    holds(server.get(path).text, "This page was useful", "what the link asks")
    equal(server.post(path, token=False).status, 200, "POST of the vote")
    equal(server.post(path, token=False).status, 409, "the second use of the vote")


def receiver_fails_for_a_while():
    """A receiver that answers 500 is tried again with the same key until it takes the page."""
    with daytwo.Receiver() as receiver:
        receiver.status = 500
        with daytwo.server("--self.observe=false",
                           config=daytwo.webhook_config(receiver)) as server:
            sent = server.cli("page", "test", "oncall")
            equal(sent.returncode, 0, f"page test: {sent.stderr}")
            wait_for("two refused attempts", lambda: len(receiver.attempts) >= 2, 60)
            receiver.status = 200
            wait_for("the page is taken",
                     lambda: [a for a in receiver.attempts if a[1] == 200], 90)
            equal(len({key for key, _, _ in receiver.attempts}), 1, "keys of one page")
            wait_for("the page counts as sent", lambda: [
                p for p in server.page("pages")["pages"]
                if p["state"] in ("sent", "delivered")], 15)
            equal(len([a for a in receiver.attempts if a[1] == 200]), 1, "taken")


def killed_between_accept_and_send():
    """kill -9 while a page is owed: after the restart it arrives, once, under the key it had."""
    with daytwo.Receiver() as receiver:
        config = daytwo.webhook_config(receiver)
        receiver.status = 500
        with daytwo.server("--self.observe=false", config=config) as server:
            equal(server.cli("page", "test", "oncall").returncode, 0, "page test")
            wait_for("an attempt", lambda: receiver.attempts, 30)
            receiver.stop()
            server.kill()
            before = len(receiver.attempts)
            receiver.status = 200
            receiver.start()
            server.start()
            wait_for("the page after the restart", lambda: len(receiver.attempts) > before, 90)
            # The next turn of the outbox would have sent it again.
            wait_for("the page counts as sent", lambda: [
                p for p in server.page("pages")["pages"]
                if p["state"] in ("sent", "delivered")], 30)
            later = receiver.attempts[before:]
            equal(len(later), 1, "attempts after the restart")
            equal(later[0][0], receiver.attempts[0][0], "the key across the restart")


daytwo.main(down_and_back, receiver_fails_for_a_while, killed_between_accept_and_send)
