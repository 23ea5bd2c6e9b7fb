// What the mock server answers about decisions, the surface and busy processors. The figures are
// invented; every fixture has the type of the contract.
import type {
  CpuPage,
  DoorwayRow,
  Evaluation,
  PlanInput,
  PlanOption,
  PlanPage,
  SurfacePage,
} from '../../../web/src/api/api.gen.ts';
import { amount } from './fixtures_base.ts';

function input(what: string, unit: string, p05: number, p95: number): PlanInput {
  const p50 = Math.sqrt(p05 * p95);
  return { what, unit, p05, p50, p95, mean: p50 * 1.04 };
}

type Written = [name: string, kind: string, cost: number, days: number, brings: number, on: string];

const WRITTEN: readonly Written[] = [
  ['run-out-dates', 'reliability', 1_500, 2, 14_000, 'capacity'],
  ['mfa', 'security', 12_000, 7, 61_000, 'phishing'],
  ['canary', 'reliability', 15_000, 11, 52_000, 'change'],
  ['second-provider', 'reliability', 68_000, 22, 90_000, 'provider-lost'],
  ['one-page-checkout', 'feature', 25_000, 20, 34_000, ''],
  ['patch-in-a-week', 'security', 19_000, 14, 21_000, 'unpatched'],
  ['encrypt-records', 'security', 42_000, 16, 17_000, 'records-escape'],
];

function option(row: Written, taken: boolean, place: number): PlanOption {
  const [name, kind, cost, days, brings, on] = row;
  return {
    name,
    kind,
    taken,
    cost,
    days,
    brings,
    last_in: taken ? brings * 0.85 : 0,
    in_best: taken ? 0.88 : 0.22,
    worth: brings - cost,
    stated: (brings - cost) * 1.2,
    in_top: taken ? 0.93 : 0.3,
    place,
    tripwires: taken
      ? []
      : [{ wire: 'price', what: `${name} costs less`, at: brings * 0.9, now: cost }],
    study: null,
    joins: taken ? '' : 'where its cost is 0.8 of what it is',
    why: taken ? 'taken' : brings < cost ? 'costs more than it avoids' : 'costs more than is left',
    inputs: [
      input('cost, work included', 'USD', cost * 0.8, cost * 1.25),
      input('days', 'days', days * 0.7, days * 1.5),
      ...(on === ''
        ? [input('worth besides', 'USD', 5_000, 90_000)]
        : [
            input(`stops ${on}`, 'share', 0.4, 0.8),
            input(`loss by ${on} untreated`, 'USD', brings * 0.3, brings * 4),
          ]),
    ],
  };
}

const REMARKS: PlanPage['remarks'] = [
  { kind: 'split', lead: 'By kind', text: 'security $60k and 20 days, reliability $50k' },
  {
    kind: 'look',
    lead: 'First look',
    text:
      'ask-provider, worth $3.6k net of its cost and of waiting: it changes the plan in 2 of 20 ' +
      'worlds, mostly to one with second-provider instead of mfa',
  },
  {
    kind: 'look',
    lead: 'Then',
    text:
      'count-records, worth $2.4k net of its cost and of waiting: it changes the plan in 16 of 20 ' +
      'worlds, mostly to one with patch-in-a-week too',
  },
  {
    kind: 'second',
    lead: 'Next best',
    text: 'with patch-in-a-week too, no better in 15 of 20 worlds',
  },
];

// The plan for a budget: the written options in their order while money lasts.
export function planPage(at: number, budget: number | null, days: number | null): PlanPage {
  let left = budget ?? Infinity;
  let time = days ?? Infinity;
  const frontier = [{ cost: 0, net: 0, takes: 'nothing' }];
  let net = 0;
  let spent = 0;
  const options = WRITTEN.map((row, index) => {
    const [name, , cost, needs, brings] = row;
    const pays = brings > cost;
    if (pays) {
      const last = frontier.at(-1);
      const takes =
        last === undefined || last.takes === 'nothing' ? name : `${last.takes}, ${name}`;
      frontier.push({
        cost: (last?.cost ?? 0) + cost,
        net: (last?.net ?? 0) + brings - cost,
        takes,
      });
    }
    const taken = pays && cost <= left && needs <= time;
    if (taken) {
      left -= cost;
      time -= needs;
      net += brings - cost;
      spent += cost;
    }
    return option(row, taken, index + 1);
  });
  const taken = options.filter((each) => each.taken);
  const limit = budget === null ? '' : ` of $${Math.round(budget / 1000)}k`;
  return {
    as_of: at,
    simulated: false,
    sentence:
      taken.length === 0
        ? 'Take nothing: no option fits the budget.'
        : `Take ${taken.map((each) => each.name).join(', ')} for $${Math.round(spent / 1000)}k` +
          `${limit}: worth $${Math.round(net / 1000)}k net, pays in 19 of 20 worlds.`,
    remarks: taken.length === 0 ? [] : REMARKS,
    currency: 'USD',
    years: 1,
    budget,
    days,
    most_cost: options.reduce((sum, each) => sum + each.cost, 0),
    most_days: options.reduce((sum, each) => sum + each.days, 0),
    net: amount(at, [net * 0.2, net * 0.6, net * 0.9, net * 1.3, net * 2.4], 'USD', ''),
    remaining: amount(at, [20_000, 61_000, 98_000, 160_000, 390_000], 'USD', ''),
    chance_pays: 0.95,
    chance_best: 0.41,
    regret: 8_200,
    net_stated: net * 1.2,
    top: 3,
    stability: ['with stakes twice as large: the same options, in the same order'],
    ties: [],
    tail: null,
    accepted: [],
    gap: 0,
    options,
    kinds: ['reliability', 'security', 'feature'].map((kind) => {
      const some = taken.filter((each) => each.kind === kind);
      return {
        kind,
        cost: some.reduce((sum, each) => sum + each.cost, 0),
        days: some.reduce((sum, each) => sum + each.days, 0),
        brings: some.reduce((sum, each) => sum + each.brings, 0),
        next: `${kind}: nothing more that is worth its cost`,
      };
    }),
    frontier,
    flips: [
      "if the loss of 'provider-lost' were 0.71 times as large: without second-provider",
      "if the cost of 'patch-in-a-week' were 0.8 times as large: with patch-in-a-week too",
    ],
    teach: '',
    proof: 'all 128 sets looked at',
    notes: ['records-escape is priced by a stake on a record'],
  };
}

export function noPlan(at: number): PlanPage {
  return {
    ...planPage(at, null, null),
    sentence: 'Nothing to choose from yet: no file states a risk or an option.',
    remarks: [],
    options: [],
    kinds: [],
    frontier: [],
    flips: [],
    notes: [],
    most_cost: 0,
    most_days: 0,
    teach: '# daytwo.yml\nworries: [risks.yml]\n',
  };
}

function doorway(part: Partial<DoorwayRow> & Pick<DoorwayRow, 'listener' | 'reach'>): DoorwayRow {
  return {
    host: 'node-3',
    holder: 'checkout as shop',
    package: '',
    service: 'checkout',
    owner: 'shop-ops',
    undeclared: false,
    wrong: [],
    exposures: [],
    evidence: [`${part.listener} is open since 3 days`],
    worries: [],
    ...part,
  };
}

export function surfacePage(at: number): SurfacePage {
  return {
    as_of: at,
    simulated: false,
    sentence: 'An attacker finds tcp:0.0.0.0:9999 first: python3 as root, declared by nobody',
    teach: '',
    coverage: ['no advisory file is configured: no package is held against one'],
    rows: [
      doorway({
        listener: 'tcp:0.0.0.0:9999',
        reach: 'network',
        holder: 'python3 as root',
        service: '',
        owner: '',
        undeclared: true,
        wrong: ['nobody declared it', 'it runs as root'],
        worries: ['0c0ffee0beef'],
      }),
      doorway({
        listener: 'tcp:0.0.0.0:443',
        reach: 'network',
        holder: 'nginx as www-data',
        package: 'nginx 1.22.1-9',
        exposures: ['CVE-2023-44487, known to be exploited'],
      }),
      doorway({ listener: 'tcp:172.17.0.1:8081', reach: 'host' }),
      doorway({ listener: 'tcp:127.0.0.1:5432', reach: 'loopback', service: 'database' }),
    ],
  };
}

export function cpuPage(at: number): CpuPage {
  const sentence =
    'node-3 is 93 % busy over 1 min and it is no problem: nothing waits and every objective holds';
  return {
    as_of: at,
    simulated: false,
    sentence,
    teach: '',
    rows: [
      {
        host: 'node-3',
        service: '',
        state: 'busy',
        sentence,
        span: 60_000,
        busy: 0.93,
        used: 7.4,
        processors: 8,
        waiting: 0.004,
        reasons: [],
        users: ['search 5.9', 'checkout 0.8'],
        query: '1 - avg(rate(node_cpu_seconds_total{mode="idle"}[1m]))',
      },
    ],
  };
}

export function evaluation(expression: string): Evaluation {
  return {
    program: expression,
    answers: [
      {
        name: '',
        expression,
        unit: 'USD',
        mean: 52_000,
        sd: 23_000,
        p05: 24_000,
        p25: 36_000,
        p50: 48_000,
        p75: 64_000,
        p95: 96_000,
        p99: 128_000,
        method: 'closed form',
        notes: [],
      },
    ],
    understood: [
      {
        text: '2h to 8h',
        law: 'lognormal(1.39, 0.42)',
        unit: 'h',
        mean: 4.4,
        median: 4,
        p99: 10.6,
        asked: 0.9,
        achieved: 0.9,
        note: '',
      },
    ],
    samples: 0,
    seed: 20_261_122,
  };
}
