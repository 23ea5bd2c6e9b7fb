// What the mock server answers on each page. Every fixture has the type of the contract, so a
// change of the contract breaks the build of this file. The figures are invented; the instants hang
// on one `at`, so that ages look alive.
import type {
  CpuPage,
  HostPage,
  LearnPage,
  LoopPage,
  ObjectivesPage,
  PagesPage,
  PosturePage,
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
import { HOUR, DAY, amount } from './fixtures_base.ts';
import { cpuPage, surfacePage } from './fixtures_decide.ts';
import { posturePage, securityPage } from './fixtures_security.ts';
import { services, objective, processes, listeners, flows } from './fixtures_host.ts';
import { WORLDS, fan, QUESTION, worryRows, pageRows } from './fixtures_worries.ts';

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
          p_miss: null,
          p_miss_at: null,
          p_miss_sentence: 'the chance of a miss is unknown before three days are measured',
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
