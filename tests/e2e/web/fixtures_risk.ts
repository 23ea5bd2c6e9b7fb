// What the mock server answers about the register. The figures are invented.
import type { RiskLine, RiskPage, RiskYear } from '../../../web/src/api/api.gen.ts';
import { spread } from './fixtures_base.ts';

function line(at: number, id: string, middle: number, harm: number): RiskLine {
  return {
    id,
    title: `the shop is hurt by ${id}`,
    service: id === 'ransom' ? '' : 'checkout',
    loss: spread(at, middle, 'a year'),
    chance_of_loss: 0.3,
    events_a_year: 0.36,
    harm,
    share: 0.4,
    inputs: [
      { what: 'frequency', text: '2% to 8% a year' },
      { what: 'loss: response', text: '$20k to $200k' },
    ],
  };
}

function year(mean: number): RiskYear {
  const figure = (value: number) => ({ value, low: value * 0.96, high: value * 1.04 });
  return {
    mean,
    chance_of_loss: { value: 0.81, low: 0.8, high: 0.82 },
    levels: [2, 5, 10, 20, 50, 100, 200, 500, 1000].map((years) => ({
      years,
      loss: figure(mean * 0.3 * years ** 0.6),
    })),
    var05: figure(mean * 0.1),
    var95: figure(mean * 1.8),
    var99: figure(mean * 4.7),
    tvar95: figure(mean * 3.5),
    tvar99: figure(mean * 6.8),
    sigma: 0.4,
    above_appetite: { value: 0.03, low: 0.029, high: 0.031 },
    dots: Array.from({ length: 20 }, (_, index) => (index < 4 ? 0 : mean * 0.02 * index ** 1.8)),
  };
}

export function riskPage(at: number, put: readonly string[]): RiskPage {
  const own = year(300_000);
  return {
    as_of: at,
    simulated: false,
    sentence:
      put.length === 0
        ? 'A year costs $300k on average (90 %: $30k to $540k). 1 in 100 costs more than $1.4M.'
        : `A year costs $300k on average (90 %: $30k to $540k). With ${put.join(', ')}: $180k instead of $300k.`,
    teach: '',
    currency: 'USD',
    risks: [
      line(at, 'records-escape', 120_000, 90_000),
      line(at, 'provider-lost', 60_000, 0),
      line(at, 'ransom', 20_000, 0),
    ],
    causes: [
      { cause: 'phishing', expected: 160_000, share: 0.53 },
      { cause: 'unpatched', expected: 140_000, share: 0.47 },
    ],
    own,
    harm: { ...year(90_000), above_appetite: null },
    harm_weight: 1,
    after: put.length === 0 ? null : year(180_000),
    options: [
      { id: 'mfa', kind: 'security', in_place: put.includes('mfa') },
      { id: 'canary', kind: 'reliability', in_place: put.includes('canary') },
    ],
    appetite: { at_most: 0.05, loss: 1_000_000 },
    appetite_words: 'The appetite, at most 5.0 % a year above $1M, holds: the chance is 3.0 %.',
    agreement: 'Monte Carlo agrees with exact within 0.4 sigma over 100000 years',
    years: 100_000,
    seed: 20_261_122,
    notes: ['provider-lost: 2 incidents in 90 days taught how often'],
  };
}

export function noRisk(at: number): RiskPage {
  return {
    ...riskPage(at, []),
    sentence: "No file states a risk yet: a year's loss is not known.",
    teach: '# daytwo.yml\nworries: [risks.yml]\n',
    currency: '',
    risks: [],
    causes: [],
    options: [],
    harm: null,
    appetite: null,
  };
}
