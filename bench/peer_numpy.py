"""The honest peers of bench/chance.cc, in Python: annual losses of the benchmark portfolio by
vectorised numpy (about twelve lines), and by a loop over years as quantitative-risk packages do it.

usage: peer_numpy.py [YEARS]      prints one JSON object; times are CPU milliseconds, best of five
                                  (one of one for the loop over years)
"""
import json
import sys
import time

import numpy


def portfolio():
    for i in range(20):
        rate = 0.05 * (1 + i % 5) * (1 + i // 5)
        low, high = 1e4 * (1 + i) ** 1.3, 1e6 * (1 + i) ** 1.1
        mu = (numpy.log(low) + numpy.log(high)) / 2
        yield rate, mu, (numpy.log(high) - numpy.log(low)) / (2 * 1.6448536269514722)


def vectorised(years, seed):
    random = numpy.random.default_rng(seed)
    total = numpy.zeros(years)
    for rate, mu, s in portfolio():
        counts = random.poisson(rate, years)
        sums = numpy.concatenate(([0.0], numpy.cumsum(random.lognormal(mu, s, counts.sum()))))
        ends = numpy.cumsum(counts)
        total += sums[ends] - sums[ends - counts]
    curve = numpy.percentile(total, numpy.arange(1, 100))
    tails = [total[total >= numpy.percentile(total, p)].mean() for p in (95, 99)]
    return curve[98], tails, total.std() / numpy.sqrt(years)


def loop(years, seed):
    random = numpy.random.default_rng(seed)
    total = numpy.zeros(years)
    for rate, mu, s in portfolio():
        counts = random.poisson(rate, years)
        total += [random.lognormal(mu, s, count).sum() if count else 0.0 for count in counts]
    return numpy.percentile(total, 99)


def exact(cells):
    top = 2.5e9
    width = top / cells
    edges = (numpy.arange(cells) + 0.5) * width
    x = numpy.arange(1, cells) * width
    masses = numpy.zeros(cells)
    rates = 0.0
    for rate, mu, s in portfolio():
        w = (numpy.log(x) - mu) / s
        masses[1:] += rate * width * numpy.exp(-w * w / 2) / (x * s * numpy.sqrt(2 * numpy.pi))
        rates += rate
    start = time.process_time()
    tilt = numpy.exp(-15 * numpy.arange(cells) / cells)
    transform = numpy.fft.rfft(masses * tilt)
    density = numpy.fft.irfft(numpy.exp(transform - rates)) / tilt
    return (time.process_time() - start) * 1e3, edges[numpy.searchsorted(density.cumsum(), 0.99)]


def timed(work, times):
    best = float("inf")
    for seed in range(1, times + 1):
        start = time.process_time()
        value = work(seed)
        best = min(best, (time.process_time() - start) * 1e3)
    return best, value


def main():
    years = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    fast, (var99, _, error) = timed(lambda seed: vectorised(years, seed), 5)
    slow, _ = timed(lambda seed: loop(years, seed), 1)
    core = min(exact(1 << 20)[0] for _ in range(3))
    print(json.dumps({"numpy": numpy.__version__, "years": years, "vectorised_ms": fast,
                      "loop_ms": slow, "exact_core_ms": core, "var99": var99,
                      "standard_error": error}))


if __name__ == "__main__":
    main()
