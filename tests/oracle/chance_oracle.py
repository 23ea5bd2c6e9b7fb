#!/usr/bin/env python3
"""Our distributions, years of loss, fits and worths of knowing against R's actuar, evd,
fitdistrplus and mgcv.

Uses the program built from fits.cc, which stands below tests/ beside the binary $DAYTWO.
Exit 0 = all agree, 1 = a difference, 77 = skipped because R or one of its packages is not there.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

DAYTWO = os.environ.get("DAYTWO", "build/debug/daytwo")
HERE = pathlib.Path(__file__).resolve().parent
PACKAGES = ("actuar", "evd", "fitdistrplus", "mgcv")

CLOSED = 1e-7
STEP = 5e-3  # the far side's lattice: one step of it at the quantiles here
FITTED = 1e-3  # where both stop on the way to the same maximum; its flat bottom gives the errors
DRAWN = 0.05  # two regressions on draws of their own

INPUTS = "r = gamma(2, 4); x = 100k to 1M; c = beta(4, 4); net = r * x * c - 105k; "
# (the far side's name, our expression, its figure, relative tolerance)
ASKED = [
    ("lognormal lev", "min(100k to 1M, 250k)", "mean", CLOSED),
    ("gamma lev", "min(gamma(2, 0.5), 3)", "mean", CLOSED),
    ("weibull lev", "min(weibull(0.6, 400), 300)", "mean", CLOSED),
    ("weibull mean", "weibull(0.6, 400)", "mean", CLOSED),
    ("pareto q", "pareto(1M, 500k, 0.3)", "p99", CLOSED),
    ("pareto exceed", "exceed(pareto(1M, 500k, 0.3), 4M)", "value", CLOSED),
    ("evppi rate", INPUTS + "evppi(net, r)", "value", DRAWN),
    ("evppi size", INPUTS + "evppi(net, x)", "value", DRAWN),
    ("evppi share", INPUTS + "evppi(net, c)", "value", DRAWN),
]
YEARS = {
    "poisson exponential": "compound(poisson(3), exponential(1))",
    "negbin exponential": "compound(negbin(1.5, 2), exponential(1))",
    "poisson lognormal": "compound(poisson(0.5), lognormal(0, 0.7))",
    "poisson gamma": "compound(poisson(1.2), gamma(0.5, 0.25))",
    "poisson weibull": "compound(poisson(2), weibull(0.8, 1))",
}
for name, year in YEARS.items():
    ASKED += [(f"{name} VaR95", f"var({year}, 95%)", "value", STEP),
              (f"{name} VaR99", f"var({year}, 99%)", "value", STEP),
              (f"{name} TVaR95", f"tvar({year}, 95%)", "value", STEP)]
LATTICE = "compound(poisson(2.5), empirical([1, 2, 3], weights=[50, 30, 20]))"
ASKED += [("lattice f(5)", f"exceed({LATTICE}, 4.5) - exceed({LATTICE}, 5.5)", "value", 1e-5),
          ("lattice f(10)", f"exceed({LATTICE}, 9.5) - exceed({LATTICE}, 10.5)", "value", 1e-5)]

# RC13: what the fit to the Danish fire losses above 10 is known to give, and to how many digits.
KNOWN = {"danish scale": 6.9754506, "danish scale error": 1.1134867, "danish shape": 0.4969877,
         "danish shape error": 0.1362834, "danish minus log likelihood": 374.893}
RC13 = 1e-3


def table(text):
    return {name: float(value) for name, value in
            (line.split("\t") for line in text.splitlines() if "\t" in line)}


def near_side(folder):
    fits = os.path.join(os.path.dirname(DAYTWO), "tests", "chance_fits")
    return table(subprocess.run([fits, folder], capture_output=True, text=True, check=True).stdout)


def calc(program):
    done = subprocess.run([DAYTWO, "calc", "--output=json", "--samples=100000", program],
                          capture_output=True, text=True, check=True, timeout=600)
    return json.loads(done.stdout)["answers"]


def answers():
    """Our answer to each expression: in one program, but for those that define names."""
    together = [asked[1] for asked in ASKED if ";" not in asked[1]]
    out = dict(zip(together, calc("\n".join(together))))
    for _, expression, _, _ in ASKED:
        if expression not in out:
            out[expression] = calc(expression)[-1]
    return out


def missing():
    """Why the far side cannot answer, or nothing."""
    if not shutil.which("Rscript"):
        return "Rscript is not installed"
    names = ", ".join(f'"{name}"' for name in PACKAGES)
    wanted = f"cat(setdiff(c({names}), rownames(installed.packages())))"
    done = subprocess.run(["Rscript", "-e", wanted], capture_output=True, text=True, check=True)
    return f"R has no package {done.stdout}" if done.stdout.strip() else ""


def compare(what, ours, theirs, tolerance):
    if abs(ours - theirs) <= tolerance * abs(theirs):
        return 0
    print(f"{what}: ours {ours:.10g}, R's {theirs:.10g}, {abs(ours / theirs - 1):.2g} apart, "
          f"allowed {tolerance:g}")
    return 1


def main():
    why = missing()
    if why:
        print(f"skipped: {why}")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["Rscript", "--vanilla", str(HERE / "chance.R"), folder],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            print(done.stderr)
            return 1
        theirs, fitted = table(done.stdout), near_side(folder)
    wrong, ours = 0, answers()
    for what, expression, figure, tolerance in ASKED:
        wrong += compare(what, ours[expression][figure], theirs.pop(what), tolerance)
    for what, known in KNOWN.items():
        wrong += compare(f"RC13 {what}", fitted[what], known, RC13)
    for what, value in fitted.items():
        wrong += compare(what, value, theirs.pop(what), RC13 if "error" in what else FITTED)
    if theirs:
        print(f"never compared: {', '.join(theirs)}")
    print(f"{len(ASKED)} answers and {len(fitted)} fitted figures against R, {wrong} apart")
    return 1 if wrong or theirs else 0


if __name__ == "__main__":
    sys.exit(main())
