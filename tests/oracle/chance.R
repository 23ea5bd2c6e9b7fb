# The far side of the oracle test of chance: the same questions answered by R's packages actuar,
# evd, fitdistrplus and mgcv. usage: Rscript chance.R FOLDER. Writes data sets that the near side
# reads into FOLDER, and prints one answer a line: its name, a tab, its value.
suppressPackageStartupMessages({
  library(actuar)
  library(evd)
  library(fitdistrplus)
  library(mgcv)
})
folder <- commandArgs(trailingOnly = TRUE)[1]
say <- function(name, value) cat(sprintf("%s\t%.12g\n", name, value))
keep <- function(name, values) {
  writeLines(sprintf("%.17g", values), file.path(folder, name))
}

# Families: quantiles, and limited expected values of one loss.
z <- qnorm(.95)
mu <- (log(1e5) + log(1e6)) / 2
s <- (log(1e6) - log(1e5)) / (2 * z)
say("lognormal lev", levlnorm(250e3, mu, s))
say("gamma lev", levgamma(3, shape = 2, rate = 0.5))
say("weibull lev", levweibull(300, shape = 0.6, scale = 400))
say("weibull mean", mweibull(1, shape = 0.6, scale = 400))
say("pareto q", qgpd(.99, loc = 1e6, scale = 5e5, shape = 0.3))
say("pareto exceed", 1 - pgpd(4e6, loc = 1e6, scale = 5e5, shape = 0.3))

# A year of loss by Panjer's recursion on a lattice. Sizes keep their limited means there, so that
# sums do; a value at risk is right to a step. What lies beyond the lattice is below 1e-9 of a size.
year <- function(name, counts, marks, step, ...) {
  total <- aggregateDist("recursive", model.freq = counts, model.sev = marks, x.scale = step,
                         maxit = 60000, tol = 1e-9, ...)
  say(paste(name, "VaR95"), unname(quantile(total, .95)))
  say(paste(name, "VaR99"), unname(quantile(total, .99)))
  say(paste(name, "TVaR95"), unname(CTE(total, .95)))
}
exponential <- discretize(pexp(x, 1), from = 0, to = 25, step = 0.01, method = "unbiased",
                          lev = levexp(x, 1))
year("poisson exponential", "poisson", exponential, 0.01, lambda = 3)
year("negbin exponential", "negative binomial", exponential, 0.01, size = 1.5, prob = 1 / 3)
year("poisson lognormal", "poisson",
     discretize(plnorm(x, 0, 0.7), from = 0, to = 60, step = 0.01, method = "unbiased",
                lev = levlnorm(x, 0, 0.7)), 0.01, lambda = 0.5)
year("poisson gamma", "poisson",
     discretize(pgamma(x, 0.5, 0.25), from = 0, to = 90, step = 0.02, method = "unbiased",
                lev = levgamma(x, 0.5, 0.25)), 0.02, lambda = 1.2)
year("poisson weibull", "poisson",
     discretize(pweibull(x, 0.8, 1), from = 0, to = 60, step = 0.01, method = "unbiased",
                lev = levweibull(x, 0.8, 1)), 0.01, lambda = 2)
lattice <- aggregateDist("recursive", model.freq = "poisson", model.sev = c(0, .5, .3, .2),
                         lambda = 2.5)
masses <- diff(lattice)
say("lattice f(5)", masses[6])
say("lattice f(10)", masses[11])

# Fits: a Pareto tail above a threshold, a lognormal of losses, one with losses that go on.
data(danishuni)
set.seed(20261122)
tail_of <- function(name, losses, threshold) {
  keep(name, losses)
  fit <- fpot(losses, threshold, std.err = TRUE)
  say(paste(name, "scale"), fit$estimate[["scale"]])
  say(paste(name, "shape"), fit$estimate[["shape"]])
  say(paste(name, "scale error"), fit$std.err[["scale"]])
  say(paste(name, "shape error"), fit$std.err[["shape"]])
  say(paste(name, "minus log likelihood"), fit$deviance / 2)
  body <- fitdist(losses, "lnorm")
  say(paste(name, "mu"), body$estimate[["meanlog"]])
  say(paste(name, "s"), body$estimate[["sdlog"]])
}
tail_of("danish", danishuni$Loss, 10)
tail_of("drawn", rgpd(2000, loc = 5, scale = 2, shape = 0.2), 8)
amounts <- rlnorm(200, 11, 1.2)
ends <- rlnorm(200, 11.5, 1)
going <- amounts > ends
keep("censored", pmin(amounts, ends))
keep("going", as.integer(going))
known <- pmin(amounts, ends)
fit <- fitdistcens(data.frame(left = known, right = ifelse(going, NA, known)), "lnorm")
say("censored mu", fit$estimate[["meanlog"]])
say("censored s", fit$estimate[["sdlog"]])

# Rates of several services: the gamma they come from, by maximum likelihood of their counts.
years <- runif(40, 0.5, 4)
events <- rpois(40, rgamma(40, 3, 1.5) * years)
keep("events", events)
keep("years", years)
cost <- function(p) -sum(dnbinom(events, size = exp(p[1]), mu = exp(p[2]) * years, log = TRUE))
best <- optim(c(0, 0), cost, method = "BFGS", control = list(reltol = 1e-14))$par
say("shared shape", exp(best[1]))
say("shared mean", exp(best[2]))

# The worth of knowing one input: regress what acting brings on it, and act where that is above 0.
n <- 100000
worth_of <- function(name, net, input) {
  expected <- fitted(bam(net ~ s(input, k = 20)))
  say(name, mean(pmax(expected, 0)) - max(mean(net), 0))
}
rate <- rgamma(n, 2, 4)
size <- rlnorm(n, mu, s)
share <- rbeta(n, 4, 4)
net <- rate * size * share - 105e3
worth_of("evppi rate", net, rate)
worth_of("evppi size", net, size)
worth_of("evppi share", net, share)
