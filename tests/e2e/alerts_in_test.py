#!/usr/bin/env python3
"""Alerts of other systems become worries: Prometheus's own, and an Alertmanager's webhook."""
import datetime

import daytwo
from daytwo import check, equal, holds


def at(seconds):
    now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def by_title(server, part, state):
    return [row for row in server.worries("all") if row["kind"] == "alert"
            and part in row["title"] + row["key"] + row["subject"] and row["state"] == state]


def wait_alert(server, part, state):
    return daytwo.wait_for(f"alert {part} is {state}", lambda: by_title(server, part, state), 30)[0]


def posted_by_prometheus():
    """POST /api/v2/alerts opens one worry an alert, and closes it when endsAt has passed."""
    with daytwo.server() as server:
        labels = {"alertname": "DiskSlow", "instance": "db1:9100", "severity": "page"}
        alert = {"labels": labels, "annotations": {"summary": "db1 writes in 80 ms"},
                 "startsAt": at(-60), "endsAt": at(240), "generatorURL": "http://prom/graph"}
        # Prometheus sends a firing alert again and again.
        for _ in range(3):
            equal(server.post("/api/v2/alerts", [alert], token=False).status, 200, "POST")
        row = wait_alert(server, "DiskSlow", "open")
        equal(len(by_title(server, "DiskSlow", "open")), 1, "one worry for one alert")
        thread = str(server.page(f"worries/{row['id']}"))
        holds(thread, "db1 writes in 80 ms", "the annotation in the worry")
        shown = server.cli("worry", "list", "--kind", "alert")
        holds(shown.stdout, "DiskSlow", "worry list --kind alert")
        alert["endsAt"] = at(-1)
        equal(server.post("/api/v2/alerts", [alert], token=False).status, 200, "POST of the end")
        equal(wait_alert(server, "DiskSlow", "closed")["id"], row["id"], "which worry closed")
        refused(server)


def refused(server):
    """What is no alert is refused as Alertmanager does, and opens nothing."""
    known = len(server.worries("all"))
    for body in ("{", '{"alerts": []}', '[{"labels": {}}]', '[{"labels": {"": "c"}}]',
                 '[{"annotations": {"summary": "no labels"}}]'):
        reply = server.post("/api/v2/alerts", body, token=False, Content_Type="application/json")
        equal(reply.status, 400, f"POST of {body}")
        check(isinstance(reply.json(), str) and reply.json(), f"a sentence: {reply.text}")
    elsewhere = server.post("/api/v2/alerts", "[]", token=False, Origin="https://evil.example")
    equal(elsewhere.status, 403, "POST from a page of another site")
    equal(len(server.worries("all")), known, "worries after refused posts")


def webhook_of_alertmanager():
    """An Alertmanager's webhook opens and closes worries by the status of each alert."""
    with daytwo.server() as server:
        def message(status):
            return {"version": "4", "status": status, "receiver": "daytwo", "groupKey": "{}:{}",
                    "truncatedAlerts": 0, "groupLabels": {}, "commonLabels": {},
                    "commonAnnotations": {}, "externalURL": "http://am:9093",
                    "alerts": [
                        {"status": status, "fingerprint": "aa11", "startsAt": at(-60),
                         "endsAt": at(-1) if status == "resolved" else "0001-01-01T00:00:00Z",
                         "labels": {"alertname": "QueueDeep", "queue": "orders"},
                         "annotations": {"description": "orders wait 9 minutes"},
                         "generatorURL": ""},
                        {"status": "firing", "fingerprint": "bb22", "startsAt": at(-60),
                         "endsAt": "0001-01-01T00:00:00Z", "annotations": {}, "generatorURL": "",
                         "labels": {"alertname": "CertOld", "queue": "none"}}]}
        path = "/api/daytwo/v1/in/alertmanager"
        equal(server.post(path, message("firing"), token=False).status, 204, "the webhook")
        queue = wait_alert(server, "QueueDeep", "open")
        wait_alert(server, "CertOld", "open")
        equal(server.post(path, message("resolved"), token=False).status, 204, "resolved")
        equal(wait_alert(server, "QueueDeep", "closed")["id"], queue["id"], "which worry closed")
        check(by_title(server, "CertOld", "open"), "the other alert stays open")
        wrong = server.post(path, '{"version": "4", "alerts": 7}', token=False)
        equal(wrong.status, 400, f"a webhook that is none: {wrong.text}")


daytwo.main(posted_by_prometheus, webhook_of_alertmanager)
