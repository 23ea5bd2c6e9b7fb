#!/usr/bin/env python3
"""daytwo calc gives the known answers: the reference cases that an expression can say, each at its
tolerance. Values: closed forms and transforms, worked out by a second program."""
import json

import daytwo
from daytwo import check, equal, holds

CLOSED, TRANSFORM = 1e-7, 1e-5
FEW = "--samples=20000"  # for a build that checks itself

# (what, expression, the answer's figure, value, relative tolerance)
CASES = [
    ("RC01 median", "$100k to $1M", "p50", 316227.766, CLOSED),
    ("RC01 mean", "$100k to $1M", "mean", 404001.2827, CLOSED),
    ("RC01 sd", "$100k to $1M", "sd", 321217.953, CLOSED),
    ("RC01 p99", "$100k to $1M", "p99", 1611237.428, CLOSED),
    ("RC01 tail", "exceed($100k to $1M, $2M)", "value", 0.004204953564, CLOSED),
    ("RC02 mean", "80%: $50k to $500k", "mean", 236710.8637, CLOSED),
    ("RC02 p95", "80%: $50k to $500k", "p95", 692967.8031, CLOSED),
    ("RC03 mean", "30% a year, $25k to $2.5M", "mean", 237543.738, TRANSFORM),
    ("RC03 P(S>1M)", "exceed(compound(30% a year, $25k to $2.5M), $1M)", "value", 0.060402714,
     TRANSFORM),
    ("RC03 VaR95", "var(compound(30% a year, $25k to $2.5M), 95%)", "value", 1194802.7, TRANSFORM),
    ("RC03 TVaR99", "tvar(compound(30% a year, $25k to $2.5M), 99%)", "value", 7472136.7,
     TRANSFORM),
    ("RC03 once", "30% a year, $25k to $2.5M, at most once", "mean", 199798.5073, TRANSFORM),
    ("RC04 mean", "pert(10k, 40k, 250k)", "mean", 70000, CLOSED),
    ("RC04 sd", "pert(10k, 40k, 250k)", "sd", 39279.22024, CLOSED),
    ("RC04 p95", "pert(10k, 40k, 250k)", "p95", 145082.7065, CLOSED),
    ("RC05 mean", "2% to 20%", "mean", 0.09135268822, 1e-6),
    ("RC06 mean", "0.5 to 4 a year", "mean", 1.888309573, 1e-6),
    ("RC06 P(N=0)", "1 - exceed(compound(0.5 to 4 a year, $1 to $2), 0)", "value", 0.2334667242,
     1e-6),
    ("RC07 sd", "compound(0.5 a year, $100k to $1M)", "sd", 364964.3885, CLOSED),
    ("RC08 VaR99", "var(compound(3 a year, exponential($100k)), 99%)", "value", 1070637.57,
     TRANSFORM),
    ("RC08 TVaR99", "tvar(compound(3 a year, exponential($100k)), 99%)", "value", 1241033.891,
     TRANSFORM),
    ("RC09 P(S>1M)", "exceed(compound(negbin(1.5, 2), exponential(100k)), 1M)", "value",
     0.04929846536, TRANSFORM),
    ("RC09 TVaR99", "tvar(compound(negbin(1.5, 2), exponential(100k)), 99%)", "value", 1843781.501,
     TRANSFORM),
    ("RC11 VaR99", "var(compound(0.5 a year, $100k to $1M), 99%)", "value", 1630467, TRANSFORM),
    ("RC11 TVaR95", "tvar(compound(0.5 a year, $100k to $1M), 95%)", "value", 1375674.5, TRANSFORM),
    ("RC14 mean", "update(gamma(2, 4 years), 3 in 2.5 years)", "mean", 0.7692307692, CLOSED),
    ("RC14 p95", "update(gamma(2, 4 years), 3 in 2.5 years)", "p95", 1.408233696, CLOSED),
    ("RC15 p50", "nig(12, 1, 2, 1, [120k, 300k, 90k, 700k])", "p50", 205795.2595, CLOSED),
    ("RC16 p95", "update(beta(1, 9), 7 of 60)", "p95", 0.1821182804, CLOSED),
    ("RC17 linear", "pool($50k to $500k, $100k to $2M, $20k to $300k)", "p95", 1161469.755, CLOSED),
    ("RC17 logarithmic", "logpool($50k to $500k, $100k to $2M, $20k to $300k)", "p95", 612033.5282,
     CLOSED),
    ("RC18", "evpi(normal(1, sqrt(5)))", "value", 0.4798107063, CLOSED),
    ("RC19", "a = normal(1, 1); b = normal(0, 2); evppi(a - b, b)", "value", 0.3955931148, CLOSED),
    ("RC20", "a = normal($20k, $80k); evsi(a, a, error=$60k)", "value", 16768.95317, CLOSED),
    ("RC21", "evsi_test($60k, 20%, $500k, 90%, 85%)", "value", 32000, 1e-12),
    ("RC21 net", "evsi_test($60k, 20%, $500k, 90%, 85%) - $5k", "value", 27000, 1e-12),
    ("RC22", "x = beta(2, 18); evsi(1e6 * (0.08 - x), x, trials=30)", "value", 9528.87538, CLOSED),
    ("RC24", "npv(8%, -$150k, [$90k, $108k, $128.7k, $152.505k, $179.88075k])", "value",
     382721.6835, CLOSED),
    ("RC25", "tvar(empirical([0, 100, 500, 2000, 10000], weights=[70, 15, 10, 4, 1]), 97%)",
     "value", 4666.666667, CLOSED),
    ("RC26 layer", "x = $100k to $1M; min(x, $1M) - min(x, $250k)", "mean", 165833.2755, CLOSED),
    ("RC29 P(D>4.32)", "exceed(compound(1.2 a year, exponential(25 min)), 4.32 min)", "value",
     0.6384942532, TRANSFORM),
    ("RC29 P(D>432)", "exceed(compound(1.2 a year, exponential(25 min)), 432 min)", "value",
     3.6133646e-6, TRANSFORM),
    ("RC31 a month", "30 days * 10^-3.25 / (1 min)", "value", 24.29314525, CLOSED),
    ("RC31 a quarter nine", "$40k/h * 1 year * (10^-3 - 10^-3.25)", "value", 153460.6377, CLOSED),
    ("RC42 dwelling", "min(exponential(280 days), 365 days) / (1 day)", "mean", 203.9631437,
     CLOSED),
    ("RC42 found soon", "min(exponential(30 days), 365 days) / (1 day)", "mean", 29.99984397,
     CLOSED),
    ("RC42 saving", "$8k/day * (min(exponential(280 days), 365 days)"
     " - min(exponential(30 days), 365 days))", "mean", 1391706.397, CLOSED),
    ("RC44", "43.2 min * $120k/h * (1 - 40%)", "value", 51840, CLOSED),
    ("RC46", "$800k * (1 - (1 - 0.4)^(12/30))", "value", 147845.5123, CLOSED),
    ("RC47", "quantile(metalog(20, 50, 140, confidence=80%, least=0), 99%)", "value", 442.2872152,
     CLOSED),
    ("RC48", "r = gamma(2, 4 years); evsi(60% * r * $100k * 1 year - $35k, r, years=3 years)",
     "value", 3558.338787, CLOSED),
]


def benchmark():
    """RC12: twenty sources in one program."""
    lines = []
    for i in range(20):
        rate = 0.05 * (1 + i % 5) * (1 + i // 5)
        low, high = 1e4 * (1 + i) ** 1.3, 1e6 * (1 + i) ** 1.1
        lines.append(f"s{i} = compound({rate!r} a year, {low!r} to {high!r})")
    total = " + ".join(f"s{i}" for i in range(20))
    return "\n".join([*lines, f"total = {total}"])


def calc(*arguments):
    done = daytwo.run("calc", "--output=json", FEW, *arguments, timeout=300)
    check(done.returncode == 0, f"{arguments}: {done.stderr}")
    return json.loads(done.stdout)


def near(what, got, want, tolerance):
    check(got is not None and abs(got - want) <= abs(want) * tolerance,
          f"{what}: got {got}, want {want} within {tolerance}")


def reference_cases():
    """All that define no names in one program, the others one by one."""
    together = [case for case in CASES if ";" not in case[1]]
    answers = calc("\n".join(case[1] for case in together))["answers"]
    equal(len(answers), len(together), "answers")
    for case in CASES:
        answer = answers.pop(0) if case in together else calc(case[1])["answers"][-1]
        what, _, figure, want, tolerance = case
        near(what, answer[figure], want, tolerance)


def the_benchmark_portfolio():
    answer = calc(benchmark())["answers"][-1]
    equal(answer["method"], "exact (Fourier transform)", "RC12")
    near("RC12 mean", answer["mean"], 37775842.41, CLOSED)
    near("RC12 sd", answer["sd"], 31757355.51, CLOSED)
    near("RC12 VaR95", answer["p95"], 93421757, TRANSFORM)
    near("RC12 VaR99", answer["p99"], 151705910, TRANSFORM)


def drawn_answers_come_with_their_error():
    """RC36: both in their top 5 % under a Gaussian copula; 4 errors, a false alarm of 6e-5."""
    answer = calc("a = uniform(0, 1); b = uniform(0, 1); correlate(a, b, 0.5); "
                  "exceed(min(a, b), 0.95)")["answers"][-1]
    equal(answer["method"], "Monte Carlo", "RC36")
    check(abs(answer["value"] - 0.01218942877) <= 4 * answer["error"], f"RC36: {answer}")


def mistakes_have_a_place():
    done = daytwo.run("calc", "$5k + 2h")
    equal(done.returncode, 2, "dollars and hours")
    holds(done.stderr, "expression:1:7: money (USD) and time (h) do not add", "dollars and hours")
    done = daytwo.run("calc", "--samples=3", "2 to 6")
    equal(done.returncode, 2, "too few samples")
    holds(done.stderr, "--samples", "too few samples")


if __name__ == "__main__":
    reference_cases()
    the_benchmark_portfolio()
    drawn_answers_come_with_their_error()
    mistakes_have_a_place()
