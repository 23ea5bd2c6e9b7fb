#!/usr/bin/env python3
"""daytwo import cost: bills in FOCUS add up to the cent, here and at the server, once."""
import json
import pathlib
import tempfile

import daytwo
from daytwo import check, equal, holds

DATA = pathlib.Path(__file__).resolve().parent.parent / "data" / "cost"
SAAS = DATA / "simple_saas_agreements_a1.csv"
TOKENS = DATA / "virtual_currency_pricing_model_a2.csv"
PURCHASE = DATA / "commitment_discount_purchase_scenario_3.csv"


def sums(*words):
    done = daytwo.run("import", "cost", "--dry-run", "--output=json", *words)
    rows = json.loads(done.stdout)["sums"] if done.stdout else []
    return done, {row["what"]: row for row in rows}


def both_prices_add_up():
    done, rows = sums(str(SAAS), str(TOKENS))
    equal(done.returncode, 0, done.stderr)
    equal((rows["all"]["billed"], rows["all"]["effective"]), (10000, 11230), "both files")
    equal(rows["ACMECORP SERVICE"]["effective"], 1230, "one service")
    equal(rows["of which purchase"]["billed"], 10000, "one kind")
    table = daytwo.run("import", "cost", "--dry-run", str(TOKENS))
    holds(table.stdout, "1,230.00", "to the cent")
    holds(table.stderr, "nothing was sent", "a dry run")


def what_is_wrong_has_a_place():
    done, _ = sums(str(PURCHASE))
    equal(done.returncode, 2, "no currency")
    holds(done.stderr, "--currency USD", "what would help")
    done, rows = sums(str(PURCHASE), "--currency=USD")
    equal(done.returncode, 3, "a row is left out")
    holds(done.stderr, f"{PURCHASE}:5:64: ChargePeriodEnd: \"2023-02-01T30:00:00Z\" is no time",
          "its place")
    holds(done.stderr, "1 of 4 rows left out", "counted")
    equal(rows["all"]["billed"], 4381, "the rest")
    done = daytwo.run("import", "incidents", "--dry-run", str(SAAS))
    equal(done.returncode, 2, "an option of another kind")


def the_server_keeps_it_once():
    with daytwo.server() as server:
        first = server.cli("import", "cost", str(SAAS), str(TOKENS))
        equal(first.returncode, 0, first.stderr)
        holds(first.stderr, "3 months of resources: 3 new or changed", "taken")
        again = server.cli("import", "cost", str(TOKENS), str(SAAS))
        holds(again.stderr, "3 months of resources: 0 new or changed", "known")
        with tempfile.TemporaryDirectory() as folder:
            later = pathlib.Path(folder) / "later.csv"
            later.write_text(TOKENS.read_text("utf-8-sig").replace("490.00", "491.00")
                             .replace("EffectiveCost", "effective cost", 1))
            changed = server.cli("import", "cost", str(later))
            holds(changed.stderr, "2 months of resources: 1 new or changed", "one price changed")
        answer = server.post("/api/daytwo/v1/import/cost",
                             "BilledCost,BillingCurrency,ChargePeriodStart\n"
                             "1,USD,2026-01-01\n1,USD,2026-02-31\n").json()
        equal((answer["taken"], answer["skipped"]), (1, 1), "by HTTP")
        equal(answer["problems"][0]["line"], 3, "its line")


if __name__ == "__main__":
    daytwo.main(both_prices_add_up, what_is_wrong_has_a_place, the_server_keeps_it_once)
