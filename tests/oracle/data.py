"""Series for the oracle test: counters with resets, gauges, gaps, stale markers, NaN, buckets.

Samples stand 137 ms off every boundary that a query can name, because Prometheus 2.42 closes
windows on the left and we do not. Counters start high and have no gaps, because 2.42 treats the
birth of a counter otherwise.
"""
import random

START_MS = 1_700_000_040_000  # a multiple of 60 s
STEP_MS = 15_000
SHIFT_MS = 137
STEPS = 3 * 240  # three hours
STALE = "stale"


def times():
    return [START_MS + SHIFT_MS + i * STEP_MS for i in range(STEPS)]


def counter(rng, mean, reset_chance=0.004):
    value = 1e6 * rng.random() + 1e5
    out = []
    for at in times():
        value += rng.expovariate(1 / mean) if rng.random() < 0.9 else 0
        if rng.random() < reset_chance:
            value = rng.random() * mean
        out.append((at, round(value, 3)))
    return out


def gauge(rng, base, width):
    value = base
    out = []
    for at in times():
        value += rng.gauss(0, width)
        out.append((at, round(value, 4)))
    return out


def with_gaps(rng, samples, keep):
    """Drops runs of samples, so that lookback and absence matter."""
    out, present = [], True
    for sample in samples:
        if rng.random() < (0.02 if present else 0.05):
            present = not present
        if present and rng.random() < keep:
            out.append(sample)
    return out


def with_stale(rng, samples):
    """Ends the series with a marker now and then; it comes back some samples later."""
    out, away = [], 0
    for at, value in samples:
        if away:
            away -= 1
        elif rng.random() < 0.02:
            out.append((at, STALE))
            away = rng.randint(5, 40)
        else:
            out.append((at, value))
    return out


def histogram(rng, base):
    """Cumulative buckets of one classic histogram."""
    bounds = ["0.01", "0.1", "0.5", "1", "5", "+Inf"]
    weights = [rng.random() + 0.05 for _ in bounds]
    counts = [1000.0 * w for w in weights]
    rows = {bound: [] for bound in bounds}
    for at in times():
        for i, weight in enumerate(weights):
            counts[i] += round(base * weight * rng.random())
        total = 0
        for bound, count in zip(bounds, counts):
            total += round(count)
            rows[bound].append((at, total))
    return rows


def series():
    """A list of (labels, samples); labels is a dict."""
    rng = random.Random(20261122)
    out = []
    instances = ["host-0:9100", "host-1:9100", "host-2:9100"]

    def add(name, samples, **labels):
        out.append((dict(labels, __name__=name), samples))

    for number, instance in enumerate(instances):
        where = {"instance": instance, "job": "demo"}
        for path in ["/", "/cart", "/pay"]:
            for code in ["200", "500"]:
                mean = 40 if code == "200" else 2
                add("demo_requests_total", counter(rng, mean), path=path, code=code, **where)
        for mode in ["idle", "user", "system"]:
            add("demo_cpu_seconds_total", counter(rng, 12, 0.001), mode=mode, **where)
        for kind in ["used", "free", "cached"]:
            add("demo_memory_bytes", gauge(rng, 4e9, 5e7), type=kind, **where)
        add("demo_temperature", gauge(rng, 0, 3), **where)
        add("demo_cpus", [(at, 4 + number) for at in times()], **where)
        add("demo_sparse", with_gaps(rng, gauge(rng, 50, 2), 0.7), **where)
        add("demo_stale", with_stale(rng, gauge(rng, 10, 1)), **where)
        odd = [(at, "NaN" if rng.random() < 0.1 else v) for at, v in gauge(rng, 5, 1)]
        add("demo_odd", odd, **where)
        add("demo_version_info", [(at, 1) for at in times()], version=f"v{number % 2}", **where)
        levels = [(at, rng.choice([0, 0, 0, 1, 2])) for at in times()]
        add("demo_level", levels, **where)
        for bound, samples in histogram(rng, 20 + 10 * number).items():
            add("demo_latency_seconds_bucket", samples, le=bound, **where)
    add("demo_batch_last_success", [(at, (at // 600_000) * 600) for at in times()], job="batch")
    add("demo_flat", [(at, 7) for at in times()], job="batch")
    add("demo_infinite", [(at, "+Inf" if i % 9 == 0 else 1 + i % 3)
                          for i, at in enumerate(times())], job="batch")
    return out


def text_of(labels):
    name = labels["__name__"]
    rest = ",".join(f'{k}="{v}"' for k, v in sorted(labels.items()) if k != "__name__")
    return f"{name}{{{rest}}}"
