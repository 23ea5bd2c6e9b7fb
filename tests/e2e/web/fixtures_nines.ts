// What the mock server answers about the cost of nines. The figures are invented.
import type { NinesOverview, NinesPage, NinesStep } from '../../../web/src/api/api.gen.ts';
import { spread } from './fixtures_base.ts';

function step(at: number, nines: number): NinesStep {
  const hours = 8766 * 10 ** -nines;
  const loss = hours * 6_300;
  const spend = 4_000 * 3 ** ((nines - 2.25) * 2);
  const known = nines <= 3.5;
  return {
    nines,
    availability: 1 - 10 ** -nines,
    hours,
    reach: nines === 2.25 ? 'now' : known ? 'options' : 'impossible',
    loss: spread(at, loss, 'a year'),
    owed: spread(at, loss / 8, 'a year'),
    received: spread(at, loss / 40, 'a year'),
    spend: known ? spread(at, nines === 2.25 ? 0 : spend, 'a year') : null,
    total: known ? spread(at, loss + loss / 8 + (nines === 2.25 ? 0 : spend), 'a year') : null,
    takes: known ? (nines === 2.25 ? 'as it is' : 'canary, second-provider') : 'needs payments',
    best: nines === 3,
    flat: nines >= 2.75 && nines <= 3.25,
  };
}

export function ninesPage(at: number): NinesPage {
  const levels = Array.from({ length: 12 }, (_, index) => 2.25 + index / 4);
  return {
    as_of: at,
    simulated: false,
    sentence:
      'checkout stands at 2.25 nines (99.44 %, 49 h down a year); cheapest is 3 nines; ' +
      'from 3.75 nines on nothing listed helps: checkout needs payments (99.97 %)',
    service: 'checkout',
    currency: 'USD',
    nines: 2.25,
    hours: { ...spread(at, 49, 'a year'), unit: 'hours of service lost' },
    ceiling: 0.9997,
    ceiling_low: 0.9995,
    next: 2.5,
    saves: spread(at, 120_000, 'a year'),
    chance_pays: 0.97,
    steps: levels.map((nines) => step(at, nines)),
    needs: [{ name: 'payments', availability: 0.9995, best: 0.9997, known: true }],
    promises: [
      { to: 'customers', availability: 0.999, kept: false, possible: true },
      { to: 'the bank', availability: 0.9999, kept: false, possible: false },
    ],
    parts: ['bad-deploy: 14 h a year, 8 times a year'],
    notes: ['payments is taken as stated: it was not measured'],
  };
}

// Every service beside the others; those of `priced` have a curve.
export function ninesOverview(
  at: number,
  services: readonly string[],
  priced: readonly string[],
): NinesOverview {
  const { as_of, simulated } = ninesPage(at);
  return {
    as_of,
    simulated,
    sentence:
      priced.length === 0
        ? 'No curve yet: 5 services without a price of downtime.'
        : `${priced.length} of ${services.length} services have a price of their downtime; the next step pays for 1.`,
    services: services.map((service) =>
      priced.includes(service)
        ? { service, curve: ninesPage(at), why: '' }
        : { service, curve: null, why: `nobody has said what an hour of ${service} down costs` },
    ),
  };
}
