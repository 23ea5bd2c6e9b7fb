// What the mock server answers. Every fixture has the type of the contract, so a change of the contract breaks the build
// of this file. The figures are invented; the instants hang on one `at`, so that ages look alive.
import type {
  Amount,
  CpuPage,
  Fan,
  FanBand,
  FlowRow,
  HostPage,
  LearnPage,
  ListenerRow,
  LoopPage,
  ObjectiveRow,
  ObjectivesPage,
  Owner,
  PageRow,
  PagesPage,
  PosturePage,
  ProcessRow,
  Question,
  ServicePage,
  ServiceRow,
  ServicesPage,
  SecurityPage,
  StakesPage,
  SurfacePage,
  WorriesPage,
  WorryPage,
  WorryRow,
} from '../../../web/src/api/api.gen.ts';
import { cpuPage, surfacePage } from './fixtures_decide.ts';
import { posturePage, securityPage } from './fixtures_security.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Fixtures {
  loop: LoopPage;
  worries: WorriesPage;
  worry: WorryPage;
  services: ServicesPage;
  service: ServicePage;
  host: HostPage;
  pages: PagesPage;
  learn: LearnPage;
  stakes: StakesPage;
  objectives: ObjectivesPage;
  surface: SurfacePage;
  security: SecurityPage;
  'security/posture': PosturePage;
  cpu: CpuPage;
}

function amount(
  at: number,
  quantiles: [number, number, number, number, number],
  unit: string,
  window: string,
): Amount {
  const [p05, p25, p50, p75, p95] = quantiles;
  return {
    p05,
    p25,
    p50,
    p75,
    p95,
    mean: p50 * 1.3,
    samples: 10_000,
    seed: 20_261_122,
    unit,
    window,
    as_of: at,
    version: 'mc-1',
  };
}

function owner(name: string, has_power: boolean | null): Owner {
  const power =
    has_power === null
      ? 'nobody has said whether they can act'
      : has_power
        ? 'has exercised access'
        : 'has no access to what must change';
  return { name, has_power, sentence: name === '' ? 'No owner is declared.' : `${name} ${power}.` };
}

// What acting is worth in twenty worlds: 14 of them pay, one of them by far.
const WORLDS = [
  -31_000, -14_000, -9_000, -4_200, -1_900, -300, 800, 2_100, 3_900, 6_000, 8_800, 12_000, 16_000,
  21_000, 29_000, 41_000, 60_000, 96_000, 190_000, 900_000,
];

// What is left of a volume: it falls, less and less surely.
function fan(at: number): Fan {
  const left = 1.5 * 2 ** 30;
  const band = (index: number): FanBand => {
    const middle = left * (1 - index / 10);
    const wide = left * 0.06 * index;
    const level = (z: number): number => Math.max(0, middle + z * wide);
    return {
      at: at + index * 5 * DAY,
      low95: level(-1.96),
      low80: level(-1.28),
      low50: level(-0.67),
      high50: level(0.67),
      high80: level(1.28),
      high95: level(1.96),
    };
  };
  return {
    query: 'node_filesystem_avail_bytes{mountpoint="/var/lib/orders"}',
    unit: 'bytes',
    made: at - 2 * HOUR,
    bands: Array.from({ length: 17 }, (_, index) => band(index)),
  };
}

function worry(at: number, part: Partial<WorryRow> & Pick<WorryRow, 'id' | 'title'>): WorryRow {
  return {
    key: `written/${part.id}`,
    kind: 'written',
    subject: 'checkout',
    service: 'checkout',
    state: 'open',
    found: 'found',
    verdict: 'undecided',
    reason: '',
    chance_pays: null,
    worth: null,
    owner: owner('shop-ops', true),
    tripwire: null,
    first_seen: at - 3 * HOUR,
    changed: at - 5 * MINUTE,
    score: '',
    next_step: '',
    paged: '',
    when: null,
    ...part,
  };
}

const QUESTION: Question = {
  id: 'stakes/checkout',
  subject: 'checkout',
  sentence: 'An hour of checkout down costs between ? and ?',
  why: 'The answer orders 5 of the 7 worries; until then they stay in hours of service lost.',
  placeholder: 'an hour of checkout down costs $2k to $20k',
  offers: [
    {
      text: 'an hour of checkout down costs $5.6k to $9k',
      source: 'survey of small online shops, 2024; width widened by half',
    },
  ],
};

function worryRows(at: number): WorryRow[] {
  return [
    worry(at, {
      id: 'a1b2c3d4e5f6',
      kind: 'burn',
      title: 'checkout burns its availability budget 14 times too fast',
      verdict: 'do',
      reason:
        'Acting pays in 19 of 20 worlds: the fix takes an hour, waiting costs $4k to $31k a day.',
      chance_pays: 0.95,
      worth: amount(at, [4_100, 7_400, 11_000, 17_000, 31_000], 'USD', 'a day'),
      owner: owner('dev-2', true),
      first_seen: at - 9 * MINUTE,
      next_step: 'roll back 8f2c',
      paged: 'dev-2 by webhook, 8 min ago',
    }),
    worry(at, {
      id: '0c0ffee0beef',
      title: 'payments provider lost',
      subject: 'payments',
      service: 'payments',
      found: 'written',
      verdict: 'find_out',
      reason: 'Two days of looking are worth $9k net and flip the choice in 6 of 20 worlds.',
      chance_pays: 0.68,
      worth: amount(at, [820, 2_900, 6_800, 19_000, 82_000], 'USD', 'a day'),
      owner: owner('shop-dev', null),
      first_seen: at - 6 * DAY,
      tripwire: {
        sentence: 'contract base > $4.2M',
        input: 'contract base',
        op: '>',
        value: 4_200_000,
        query: '',
        now: 3_100_000,
        unit: 'USD',
        until: at + 90 * DAY,
        state: 'armed',
      },
      next_step: 'ask the provider for its incident history',
    }),
    worry(at, {
      id: '51ab00000001',
      kind: 'runout',
      title: '/var/lib/orders runs full',
      subject: '/var/lib/orders',
      service: 'orders',
      verdict: 'do',
      reason: 'It fills by 12 Jan (90 %: 3 Jan to 20 Feb); extending it costs ten minutes.',
      chance_pays: 0.9,
      worth: amount(at, [310, 700, 1_400, 2_600, 5_200], 'USD', 'a day'),
      owner: owner('platform', true),
      first_seen: at - 2 * DAY,
      next_step: 'extend the volume by 20 GiB',
      when: {
        p05: at + 42 * DAY,
        p50: at + 51 * DAY,
        p95: at + 90 * DAY,
        sentence: '2027-01-12 (3 Jan to 20 Feb, 90 %)',
      },
    }),
    worry(at, {
      id: '51ab00000002',
      kind: 'exposure',
      title: 'CVE-2026-1187 in the edge proxy, listening on 0.0.0.0:443',
      subject: 'edge',
      service: 'edge',
      verdict: 'do',
      reason: 'It is mapped by a listening process and known to be exploited.',
      chance_pays: 0.88,
      worth: amount(at, [43, 260, 900, 3_100, 14_000], 'USD', 'a day'),
      owner: owner('sec-1', false),
      first_seen: at - 3 * DAY,
      next_step: 'upgrade edge to 1.26.3',
    }),
    worry(at, {
      id: '51ab00000003',
      kind: 'drift',
      title: 'port 9999 is open on 0.0.0.0 and nobody declared it',
      subject: 'node-3',
      service: '',
      verdict: 'find_out',
      reason: 'Nobody knows what it is; an hour of looking settles it.',
      chance_pays: 0.5,
      owner: owner('', null),
      first_seen: at - 14 * MINUTE,
      next_step: 'ask what pid 812 is',
    }),
    worry(at, {
      id: '51ab00000004',
      title: 'idle environments cost $4k a month',
      found: 'written',
      subject: 'platform',
      service: '',
      verdict: 'leave',
      reason: 'Cleaning up costs more people-days than it saves this quarter.',
      chance_pays: 0.2,
      worth: amount(at, [12, 40, 90, 140, 210], 'USD', 'a day'),
      owner: owner('platform', true),
      first_seen: at - 30 * DAY,
      tripwire: {
        sentence: '> $6k a month',
        input: 'idle cost',
        op: '>',
        value: 6000,
        query: 'sum(idle_cost)',
        now: 4000,
        unit: 'USD',
        until: null,
        state: 'armed',
      },
      score: 'said 20 %, came false',
    }),
    worry(at, {
      id: '51ab00000005',
      kind: 'memory_cap',
      title: 'worker hits its memory cap: it leaks',
      subject: 'worker',
      service: 'orders',
      verdict: 'do',
      reason: 'It grows by 3 MiB a request and is killed each 50 min.',
      chance_pays: 0.8,
      worth: amount(at, [0.4, 0.9, 1.6, 2.8, 6.1], 'hours of service lost', 'a month'),
      first_seen: at - 26 * HOUR,
      next_step: 'profile worker',
    }),
  ];
}

function pageRows(at: number): PageRow[] {
  const base = {
    worry: 'a1b2c3d4e5f6',
    method: 'webhook',
    purpose: 'page' as const,
    acked: null,
    acked_by: '',
    vote: '',
    error: '',
  };
  return [
    {
      ...base,
      id: 'p-7',
      title: 'checkout burns its availability budget',
      to: 'dev-2',
      state: 'delivered',
      attempt: 1,
      created: at - 8 * MINUTE,
      sent: at - 8 * MINUTE + 900,
      shadow: 'Would have waked as well: waiting costs $170 to $1.3k an hour (90 %).',
    },
    {
      ...base,
      id: 'p-6',
      title: '/var/lib/orders runs full',
      worry: '51ab00000001',
      to: 'platform',
      state: 'delivered',
      attempt: 2,
      created: at - 5 * HOUR,
      sent: at - 5 * HOUR + 31_000,
      acked: at - 5 * HOUR + 4 * MINUTE,
      acked_by: 'platform',
      vote: 'noise',
      shadow: 'Would have held until 09:00: nothing is lost before (19 in 20).',
    },
    {
      ...base,
      id: 'p-5',
      title: 'probe of search failed',
      worry: '',
      to: 'shop-dev',
      method: 'mail',
      state: 'undeliverable',
      attempt: 8,
      created: at - 26 * HOUR,
      sent: null,
      shadow: '',
      error: 'mail.example answered 550 no such user',
    },
    {
      ...base,
      id: 'p-4',
      title: 'resolve: search is slow',
      purpose: 'resolve',
      to: 'shop-dev',
      state: 'sent',
      attempt: 1,
      created: at - 27 * HOUR,
      sent: at - 27 * HOUR + 400,
      shadow: '',
    },
  ];
}

function services(at: number): ServiceRow[] {
  void at;
  return [
    {
      name: 'checkout',
      state: 'burning',
      sentence: 'Burns its budget 14 times too fast; 0.4 of it is left.',
      owner: owner('shop-dev', true),
      objectives: 2,
      worries: 2,
    },
    {
      name: 'edge',
      state: 'ok',
      sentence: 'No symptom; one exposure.',
      owner: owner('platform', true),
      objectives: 1,
      worries: 1,
    },
    {
      name: 'orders',
      state: 'lagging',
      sentence: '1 204 orders behind, 2.1 min.',
      owner: owner('shop-dev', null),
      objectives: 2,
      worries: 2,
    },
    {
      name: 'payments',
      state: 'ok',
      sentence: 'No symptom.',
      owner: owner('', null),
      objectives: 1,
      worries: 1,
    },
    {
      name: 'search',
      state: 'unknown',
      sentence: 'No sample for 12 min: not seen is not fine.',
      owner: owner('shop-dev', true),
      objectives: 1,
      worries: 0,
    },
  ];
}

function objective(part: Partial<ObjectiveRow> & Pick<ObjectiveRow, 'id' | 'name'>): ObjectiveRow {
  return {
    service: 'checkout',
    target: '99.9 %',
    window: '28 d',
    state: 'ok',
    sli: 0.9987,
    low: 0.9986,
    high: 0.9988,
    good: 9_088_200,
    bad: 11_830,
    unknown_share: 0.002,
    budget_left: -0.3,
    burn: [
      { window: '1 h', value: 14 },
      { window: '6 h', value: 6 },
      { window: '3 d', value: 2 },
      { window: '28 d', value: 1.3 },
    ],
    sentence: '',
    query_good: 'sum(rate(http_requests_total{service="checkout",code!~"5.."}[5m]))',
    query_total: 'sum(rate(http_requests_total{service="checkout"}[5m]))',
    ...part,
  };
}

function processes(at: number): ProcessRow[] {
  const base = { descriptors: 24, limit_bytes: null, used_bytes: null, coverage: '' };
  return [
    {
      ...base,
      pid: 812,
      name: 'xmrig?',
      user: 'www-data',
      command: '/tmp/.x/xmrig --url stratum+tcp://…',
      package: '',
      cpu: 0.98,
      rss_bytes: 2_461_000_000,
      threads: 9,
      started: at - 14 * MINUTE,
      listens: '0.0.0.0:9999',
    },
    {
      ...base,
      pid: 402,
      name: 'checkout',
      user: 'shop',
      command: '/usr/bin/checkout --port 8081',
      package: 'shop-checkout',
      cpu: 0.31,
      rss_bytes: 188_000_000,
      threads: 12,
      started: at - 2 * HOUR,
      listens: '127.0.0.1:8081',
    },
    {
      ...base,
      pid: 388,
      name: 'worker',
      user: 'shop',
      command: '/usr/bin/worker',
      package: 'shop-orders',
      cpu: 0.12,
      rss_bytes: 491_000_000,
      threads: 4,
      started: at - 40 * MINUTE,
      listens: '',
      limit_bytes: 536_870_912,
      used_bytes: 515_000_000,
    },
    {
      ...base,
      pid: 301,
      name: 'postgres',
      user: 'postgres',
      command: '/usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main',
      package: 'postgresql-15',
      cpu: 0.05,
      rss_bytes: 96_000_000,
      threads: 1,
      started: at - 11 * DAY,
      listens: '127.0.0.1:5432',
    },
    {
      ...base,
      pid: 1,
      name: 'systemd',
      user: 'root',
      command: '/sbin/init',
      package: 'systemd',
      cpu: 0.001,
      rss_bytes: 12_300_000,
      threads: 1,
      started: at - 11 * DAY,
      listens: '',
      descriptors: null,
      coverage: 'descriptors not visible: run as root',
    },
  ];
}

function listeners(at: number): ListenerRow[] {
  return [
    {
      protocol: 'tcp',
      address: '0.0.0.0',
      port: 9999,
      reach: 'network',
      pid: 812,
      process: 'xmrig?',
      package: '',
      first_seen: at - 14 * MINUTE,
      state: 'new',
    },
    {
      protocol: 'tcp',
      address: '0.0.0.0',
      port: 443,
      reach: 'network',
      pid: 377,
      process: 'edge',
      package: 'edge-proxy',
      first_seen: at - 11 * DAY,
      state: 'known',
    },
    {
      protocol: 'tcp',
      address: '127.0.0.1',
      port: 8081,
      reach: 'loopback',
      pid: 402,
      process: 'checkout',
      package: 'shop-checkout',
      first_seen: at - 2 * HOUR,
      state: 'known',
    },
    {
      protocol: 'tcp',
      address: '127.0.0.1',
      port: 5432,
      reach: 'loopback',
      pid: 301,
      process: 'postgres',
      package: 'postgresql-15',
      first_seen: at - 11 * DAY,
      state: 'known',
    },
  ];
}

function flows(at: number): FlowRow[] {
  return [
    {
      name: 'orders',
      service: 'orders',
      received: 412_880,
      processed: 411_594,
      dropped: 82,
      in_flight: 1_204,
      lost_share: 0.0002,
      lag_ms: 126_000,
      since: at - 70 * MINUTE,
      sentence: '0.02 % lost since 14:10, lag 2.1 min, between queue and worker.',
      state: 'lagging',
    },
  ];
}

// Everything filled, as on a demo shop with trouble. `at` is the server's present.
export function full(at: number): Fixtures {
  const rows = worryRows(at);
  const base = { as_of: at, simulated: false };
  const first = rows[0] as WorryRow;
  const second = rows[1] as WorryRow;
  return {
    loop: {
      ...base,
      sentence: '7 worries: 4 do, 2 find out first, 1 leave; 2 pages wait for an answer',
      host: 'node-3',
      stages: [
        {
          name: 'observe',
          sentence: '212 of 214 targets',
          lines: ['newest sample 4 s', 'silent 2'],
        },
        { name: 'orient', sentence: '1 budget burning', lines: ['drift 5', 'exposed 2 (KEV 1)'] },
        { name: 'decide', sentence: '$9k to $91k a day waits (90 %)', lines: ['6 of 7 decided'] },
        { name: 'act', sentence: '2 pages, 0 incidents', lines: ['p50 ack 3 min of 12'] },
        { name: 'learn', sentence: '41 forecasts scored', lines: ['said 90 %, came 88 %'] },
      ],
      sources: [
        {
          id: 'runout',
          title: 'Filesystems and memory',
          state: 'working',
          sentence: '14 filesystems, 9 limits; one has a date.',
          teach: '',
        },
        {
          id: 'burn',
          title: 'Objectives',
          state: 'working',
          sentence: '7 objectives, one burns.',
          teach: '',
        },
        {
          id: 'exposure',
          title: 'Exposures',
          state: 'off',
          sentence: 'No advisory file is named, so no package is compared.',
          teach: 'advisories:\n  osv: /var/lib/daytwo/osv.json',
        },
        {
          id: 'drift',
          title: 'Drift',
          state: 'waiting',
          sentence: 'No baseline yet: what runs cannot be new.',
          teach: 'daytwo baseline learn',
        },
        {
          id: 'trend',
          title: 'Trends',
          state: 'waiting',
          sentence: 'A trend needs ten minutes of samples; 6 min are there.',
          teach: '',
        },
        {
          id: 'prometheus',
          title: 'Attached Prometheus',
          state: 'failed',
          sentence:
            'prometheus.example:9090 refused the connection 40 s ago; the embedded store still works.',
          teach: '',
        },
      ],
      worries: rows,
      question: QUESTION,
      turn_time:
        'Turn time: median 3.1 d from first signal to verified change (90 %: 0.4 d to 12 d, 26 weeks, 19 turns).',
    },
    worries: {
      ...base,
      sentence: '7 worries: 4 do, 2 find out first, 1 leave; no tripwire crossed today',
      worries: rows,
    },
    worry: {
      ...base,
      worry: second,
      written: '30% a year that we lose the payments provider, $25k to $2.5M',
      understood: [
        'chance: 30 % a year',
        'loss if it happens: $25k to $2.5M (90 %)',
        'service: payments',
      ],
      evidence: [
        {
          sentence: 'payments answered 99.93 % of 81 k requests in 7 d (90 %: 99.91 % to 99.95 %).',
          kind: 'query',
          query:
            'sum(rate(payments_requests_total{code!~"5.."}[7d])) / sum(rate(payments_requests_total[7d]))',
          at: at - 40_000,
          coverage: '',
        },
        {
          sentence: 'The provider’s status page named 3 incidents in 12 months.',
          kind: 'sighting',
          query: '',
          at: at - 6 * DAY,
          coverage: 'its own page, not measured by us',
        },
      ],
      ours: amount(at, [7_000, 41_000, 210_000, 480_000, 1_600_000], 'USD', 'a year'),
      worlds: { quantiles: WORLDS, threshold: 0, unit: 'USD' },
      fan: fan(at),
      date: amount(at, [42, 47, 51, 60, 90], 'days to run-out', 'now'),
      customers: amount(at, [900, 4_000, 22_000, 60_000, 240_000], 'USD', 'a year'),
      how_computed: [
        'Frequency: Poisson, 0.36 a year. Severity: lognormal through the two ends.',
        '10 000 samples from seed 20261122; the exact engine agrees within 0.4 %.',
      ],
      thread: [
        {
          id: 31,
          ts: at - 6 * DAY,
          room: 'observe',
          kind: 'sighting',
          state: 'open',
          sentence: 'Written by ann.',
          inputs: [],
          amounts: [],
          seed: 0,
          engine: '',
          coverage: '',
        },
        {
          id: 32,
          ts: at - 6 * DAY + 500,
          room: 'decide',
          kind: 'choice',
          state: 'open',
          sentence: 'Find out first: two days of looking are worth $9k net.',
          inputs: [
            { name: 'chance a year', value: '0.30' },
            { name: 'loss', value: '$25k to $2.5M' },
          ],
          amounts: [
            {
              name: 'worth of knowing',
              amount: amount(at, [0, 2_000, 9_000, 21_000, 70_000], 'USD', 'now'),
            },
          ],
          seed: 20_261_122,
          engine: 'mc-1',
          coverage: '',
        },
      ],
      scores: ['Said “no incident this month” with 97 % on 1 Nov; due 1 Dec.'],
      question: null,
    },
    services: {
      ...base,
      sentence: '5 services: 1 burns, 1 lags, 1 is not seen',
      services: services(at),
      teach: '',
    },
    service: {
      ...base,
      service: services(at)[0] as ServiceRow,
      sentence: 'checkout burns: 0.4 of its budget is left, $4k to $31k a day at stake (90 %)',
      probes: [
        {
          url: 'http://127.0.0.1:8081/health',
          up: true,
          sentence: 'up, 38 ms',
          last: at - 6_000,
          phases: [
            { name: 'connect', ms: 0.3 },
            { name: 'first byte', ms: 36 },
            { name: 'body', ms: 1.4 },
          ],
          certificate_days: null,
        },
      ],
      objectives: [
        objective({
          id: 'checkout/availability',
          name: 'availability',
          state: 'burning',
          sentence: 'Spent at 14 times the pace; empty in 9 h (90 %: 6 h to 14 h).',
          budget_left: 0.4,
        }),
        objective({
          id: 'checkout/latency',
          name: '95 % below 300 ms',
          target: '95 %',
          sentence: 'Untouched.',
          sli: 0.981,
          low: 0.9805,
          high: 0.9815,
          budget_left: 0.62,
          burn: [
            { window: '1 h', value: 0.4 },
            { window: '6 h', value: 0.3 },
            { window: '3 d', value: 0.4 },
            { window: '28 d', value: null },
          ],
        }),
      ],
      flows: flows(at),
      runs: processes(at).slice(1, 2),
      listeners: listeners(at).slice(2, 3),
      worries: [first],
      red: [
        {
          name: 'requests',
          query: 'sum(rate(http_requests_total{service="checkout"}[5m]))',
          unit: '1/s',
        },
        {
          name: 'share that fails',
          query:
            'sum(rate(http_requests_total{service="checkout",code=~"5.."}[5m])) / sum(rate(http_requests_total{service="checkout"}[5m]))',
          unit: 'share',
        },
        {
          name: 'duration, 95 % are shorter',
          query:
            'histogram_quantile(0.95, sum by (le) (rate(http_seconds_bucket{service="checkout"}[5m])))',
          unit: 's',
        },
      ],
      depends: [
        { on: 'payments', critical: true, state: 'ok' },
        { on: 'search', critical: false, state: 'unknown' },
      ],
      declared: [
        { what: 'port', declared: '8081 on 127.0.0.1', observed: '8081 on 127.0.0.1', state: 'ok' },
        { what: 'memory limit', declared: '512 MiB', observed: 'none', state: 'new' },
      ],
    },
    host: {
      ...base,
      sentence: '98 processes, 2 listeners reach the network, 1 filesystem has a run-out date',
      host: 'node-3',
      kernel: '6.1.0-25-amd64',
      release: 'Debian GNU/Linux 12',
      coverage: ['34 of 98 processes are not fully visible: run as root or grant CAP_SYS_PTRACE.'],
      processes: processes(at),
      listeners: listeners(at),
      filesystems: [
        {
          mount: '/var/lib/orders',
          device: '/dev/loop0',
          size_bytes: 10_737_418_240,
          used_bytes: 9_234_179_686,
          inodes_used_share: 0.31,
          runout: 'full on 12 Jan (90 %: 3 Jan to 20 Feb)',
          date: amount(at, [42, 47, 51, 60, 90], 'days to run-out', 'now'),
          fan: fan(at),
        },
        {
          mount: '/',
          device: '/dev/vda1',
          size_bytes: 42_949_672_960,
          used_bytes: 17_179_869_184,
          inodes_used_share: 0.08,
          runout: 'no trend',
          date: null,
          fan: null,
        },
        {
          mount: '/boot',
          device: '/dev/vda2',
          size_bytes: 1_073_741_824,
          used_bytes: 241_172_480,
          inodes_used_share: null,
          runout: 'a trend needs ten minutes',
          date: null,
          fan: null,
        },
      ],
      limits: [
        {
          cgroup: '/system.slice/worker.service',
          workload: 'worker',
          limit_bytes: 536_870_912,
          used_bytes: 515_000_000,
          oom_kills: 3,
          sentence: 'Leak: it grows by 3 MiB a request.',
        },
      ],
      packages: { count: 412, sentence: '412 packages; 61 have a mapped file.' },
      pressure: [
        { resource: 'cpu', some10: 0.012, full10: null },
        { resource: 'memory', some10: 0.0004, full10: 0 },
        { resource: 'io', some10: null, full10: null },
      ],
      drift: {
        sentence: 'No baseline has been learnt: nothing can be called new yet.',
        teach: 'daytwo baseline learn',
      },
    },
    pages: {
      ...base,
      sentence: '2 pages wait for an answer; 1 of them could not be delivered',
      pages: pageRows(at),
      teach: '',
    },
    surface: surfacePage(at),
    security: securityPage(at),
    'security/posture': posturePage(at),
    cpu: cpuPage(at),
    learn: {
      ...base,
      sentence: '41 forecasts, 41 scored. Of 41 ranges of 90 % 88 % held, as said (90 %: 78 to 94 %).',
      coverage: { said: 0.9, came: 0.88, count: 41, low: 0.78, high: 0.94 },
      brier: 0.11,
      calibration: {
        reliability: 0.021,
        resolution: 0.06,
        uncertainty: 0.149,
        bins: [
          { from: 0, to: 0.2, count: 31, said: 0.08, came: 0.13, low: 0.06, high: 0.25 },
          { from: 0.2, to: 0.4, count: 12, said: 0.28, came: 0.33, low: 0.15, high: 0.56 },
          { from: 0.6, to: 0.8, count: 9, said: 0.71, came: 0.67, low: 0.4, high: 0.87 },
          { from: 0.8, to: 1, count: 40, said: 0.97, came: 0.85, low: 0.74, high: 0.92 },
        ],
        tenths: [12, 5, 3, 2, 1, 3, 2, 4, 3, 9],
        tenth_low: 1,
        tenth_high: 8,
        anderson_darling: 5.1,
        p: 0.0024,
        sentence: 'ranges are too narrow (Anderson-Darling A2 5.10, p 0.0024)',
      },
      forecasters: [
        {
          name: 'daytwo',
          source: 'model',
          held: 36,
          ranges: 41,
          low: 0.78,
          high: 0.94,
          chances: 92,
          brier: 0.11,
          weight: 0.62,
          sentence: 'held 36 of 41 ranges said at 90 %: as good as it claims',
        },
        {
          name: 'ann',
          source: 'training',
          held: 11,
          ranges: 20,
          low: 0.37,
          high: 0.72,
          chances: 0,
          brier: null,
          weight: null,
          sentence: 'held 11 of 20 ranges said at 90 %: too sure, make them wider',
        },
      ],
      forecasts: [
        {
          id: 9,
          made: at - HOUR,
          due: at + HOUR,
          what: '/var/lib/orders, used bytes in 1 h',
          said: '8.6 to 8.8 GiB (90 %)',
          came: '',
          score: '',
          state: 'waiting',
        },
        {
          id: 8,
          made: at - 3 * HOUR,
          due: at - 2 * HOUR,
          what: '/var/lib/orders, used bytes in 1 h',
          said: '8.5 to 8.7 GiB (90 %)',
          came: '8.6 GiB',
          score: 'inside',
          state: 'scored',
        },
        {
          id: 7,
          made: at - 26 * HOUR,
          due: at - 2 * HOUR,
          what: 'checkout, budget at the end of the day',
          said: '0.5 to 0.7 (90 %)',
          came: '0.4',
          score: 'outside, below',
          state: 'scored',
        },
        {
          id: 6,
          made: at - 50 * HOUR,
          due: at - 26 * HOUR,
          what: 'search, up tomorrow',
          said: '99.5 %',
          came: 'not seen',
          score: 'no truth arrived',
          state: 'void',
        },
      ],
    },
    objectives: {
      ...base,
      sentence: '2 objectives, 1 burns',
      objectives: [
        objective({
          id: 'checkout/availability',
          name: 'availability',
          state: 'burning',
          sentence: 'Spent at 14 times the pace; empty in 9 h (90 %: 6 h to 14 h).',
          budget_left: 0.4,
        }),
        objective({
          id: 'search/availability',
          service: 'search',
          name: 'availability',
          state: 'unknown',
          sentence: 'no sample for 12 min',
          sli: null,
          low: null,
          high: null,
          budget_left: null,
          good: 0,
          bad: 0,
        }),
      ],
    },
    stakes: {
      ...base,
      sentence: 'An hour of checkout down costs $2k to $20k, as ann said',
      question: null,
      offers: [
        {
          subject: 'hour',
          text: 'an hour down costs $300k to $5M',
          source: 'ITIC, Hourly Cost of Downtime Survey, 2024: of large firms',
        },
      ],
      understood: ['subject: checkout, an hour down', '$2k to $20k (90 %), lognormal'],
      stakes: [
        {
          subject: 'checkout',
          text: 'an hour of checkout down costs $2k to $20k',
          amount: amount(at, [2_000, 4_000, 6_300, 10_000, 20_000], 'USD', 'an hour'),
          by: 'ann',
          ts: at,
          source: '',
        },
      ],
    },
  };
}

// The first minute on a machine: nothing found, nothing written, each page teaches what fills it.
export function empty(at: number): Fixtures {
  const some = full(at);
  const base = { as_of: at, simulated: false };
  return {
    ...some,
    loop: {
      ...some.loop,
      ...base,
      sentence: 'Nothing needs you: watching node-3 for 12 s',
      worries: [],
      question: null,
      turn_time: '',
      stages: some.loop.stages.map((stage) => ({ ...stage, sentence: 'nothing yet', lines: [] })),
      sources: some.loop.sources.map((source) => ({
        ...source,
        state: 'waiting' as const,
        sentence: 'Needs ten minutes of samples.',
      })),
    },
    worries: { ...base, sentence: 'No worry yet', worries: [] },
    services: {
      ...base,
      sentence: 'No service is watched yet',
      services: [],
      teach: 'daytwo watch https://shop.example/health',
    },
    service: {
      ...some.service,
      ...base,
      sentence: 'checkout has no objective yet',
      probes: [],
      objectives: [],
      flows: [],
      runs: [],
      listeners: [],
      worries: [],
      red: [],
      depends: [],
      declared: [],
    },
    host: {
      ...some.host,
      ...base,
      sentence: 'node-3 is seen for 2 s',
      coverage: ['/proc is absent here: processes and listeners are unknown, not none.'],
      processes: [],
      listeners: [],
      filesystems: [],
      limits: [],
      pressure: [],
      packages: { count: 0, sentence: 'No dpkg database here.' },
    },
    objectives: { ...base, sentence: 'Nothing is promised yet', objectives: [] },
    stakes: {
      ...some.stakes,
      ...base,
      sentence: 'Nothing has a price yet: worries rank in natural units, and no money is shown.',
      stakes: [],
      question: QUESTION,
    },
    pages: {
      ...base,
      sentence: 'No page was ever sent',
      pages: [],
      teach: 'notify:\n  webhook: http://127.0.0.1:8088/page',
    },
    security: {
      ...base,
      sentence: 'no service promises security yet',
      teach: "security: [{name: known-exploited, due: 21d, target: 99}] in a service's file",
      coverage: [],
      rows: [],
      question: null,
    },
    'security/posture': { ...base, sentence: 'no promise of security is made', rows: [] },
    surface: {
      ...base,
      sentence: 'no host has been looked at yet: the first look takes ten seconds',
      teach: 'wait, or run `daytwo agent` on the host',
      coverage: [],
      rows: [],
    },
    cpu: {
      ...base,
      sentence: 'no processor has been measured yet: it takes half a minute of samples',
      teach: 'wait, or scrape a node_exporter: scrape_configs in daytwo.yml',
      rows: [],
    },
    learn: {
      ...base,
      sentence: 'No forecast is due yet',
      forecasts: [],
      coverage: null,
      brier: null,
    },
    worry: {
      ...some.worry,
      worry: { ...some.worry.worry, worth: null, chance_pays: null, tripwire: null },
      ours: null,
      customers: null,
      worlds: null,
      fan: null,
      date: null,
      evidence: [],
      scores: [],
      how_computed: [],
      thread: [],
      question: QUESTION,
      written: '',
    },
  };
}

// Prometheus's answers for the query page and the series of a service.
export function rangeResult(query: string, start: number, end: number, step: number): unknown {
  const values: [number, string][] = [];
  for (let at = start; at <= end; at += step) {
    const wave = 400 + 40 * Math.sin(at / 700) + 12 * Math.sin(at / 61);
    const filled = 1.5 * 2 ** 30 + ((end - at) / Math.max(1, end - start)) * 1.1 * 2 ** 30;
    values.push([
      at,
      String(
        query.includes('node_filesystem_avail')
          ? filled
          : query.includes('5..')
            ? wave / 90_000
            : query.includes('0.95')
              ? wave / 2_000
              : wave,
      ),
    ]);
  }
  const half = Math.floor(values.length / 2);
  const gap = values.filter((_, index) => index < half || index > half + 6);
  return {
    status: 'success',
    data: {
      resultType: 'matrix',
      result: /sum|max/.test(query)
        ? [{ metric: {}, values: gap }]
        : [
            {
              metric: { __name__: 'up', instance: '127.0.0.1:8081', job: 'checkout' },
              values: gap,
            },
            {
              metric: { __name__: 'up', instance: '127.0.0.1:8082', job: 'payments' },
              values: values.map(([at, value]) => [at, String(Number(value) * 0.6)]),
            },
          ],
    },
  };
}
