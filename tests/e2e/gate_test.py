#!/usr/bin/env python3
"""The gate: a deploy is stopped when the budget that its policy watches is overspent, by exit code
for scripts and by status for tools; what is unknown warns."""
import daytwo
from daytwo import check, equal, holds, wait_for

GOOD, DENIED = 0, 1

SERVICE = """service: shop
owner: {team: team-shop}
probes: ['tcp://127.0.0.1:%d']
slos:
  - {name: up, probe: 'probe_success{instance="tcp://127.0.0.1:%d"}', target: 99.9, window: 1h}
budget_policy:
  - {left_below: 25%%, action: warn}
  - {left_below: 0%%, action: gate, message: only repairs}
"""
QUIET = "service: quiet\n"


def configured(server, port):
    (server.folder / "shop.yml").write_text(SERVICE % (port, port))
    (server.folder / "quiet.yml").write_text(QUIET)


def a_spent_budget_stops_a_deploy():
    config = "services: [shop.yml, quiet.yml]\n"
    with daytwo.server("--self.observe=false", config=config, start=False) as server:
        configured(server, daytwo.free_port())  # nobody listens: probes fail
        server.start()

        def denied():
            reply = server.get("/api/daytwo/v1/gate", service="shop")
            return reply.json() if reply.status == 403 else None
        page = wait_for("the gate denies", denied, daytwo.NOTICED_WITHIN_S)
        equal(page["verdict"], "deny", "verdict")
        for part in ("is overspent by", "only repairs", "team-shop's"):
            holds(page["sentence"], part, "the sentence")
        equal(server.get("/api/daytwo/v1/gate", service="shop", status="200").status, 200,
              "as a page")
        done = server.cli("gate", "shop")
        equal(done.returncode, DENIED, f"exit code: {done.stdout}{done.stderr}")
        holds(done.stdout, "shop deny: ", "what is printed")

        quiet = server.get("/api/daytwo/v1/gate", service="quiet")
        equal((quiet.status, quiet.json()["verdict"]), (200, "warn"), "no objective")
        unknown = server.cli("gate", "shpo")
        equal(unknown.returncode, GOOD, "an unknown service warns")
        holds(unknown.stdout, "did you mean 'shop'?", "a suggestion")
        equal(server.get("/api/daytwo/v1/gate").status, 400, "no service named")


def a_wrong_policy_is_refused_at_its_line():
    with daytwo.server("--self.observe=false", config="services: [shop.yml]\n",
                       start=False) as server:
        (server.folder / "shop.yml").write_text(
            "service: shop\nbudget_policy:\n  - {left_below: 25, action: gat}\n")
        done = daytwo.run("check", "config", str(server.folder / "daytwo.yml"))
        said = done.stdout + done.stderr
        check(done.returncode != GOOD, f"refused: {said}")
        for part in ("shop.yml:3:", "a percentage from 0% to 100%", "did you mean 'gate'?"):
            holds(said, part, "what is said")


daytwo.main(a_spent_budget_stops_a_deploy, a_wrong_policy_is_refused_at_its_line)
