// What the mock server answers about worries and pages. The figures are invented.
import type {
  Fan,
  FanBand,
  Owner,
  PageRow,
  Question,
  WorryRow,
} from '../../../web/src/api/api.gen.ts';
import { MINUTE, HOUR, DAY, amount } from './fixtures_base.ts';

export function owner(name: string, has_power: boolean | null): Owner {
  const power =
    has_power === null
      ? 'nobody has said whether they can act'
      : has_power
        ? 'has exercised access'
        : 'has no access to what must change';
  return { name, has_power, sentence: name === '' ? 'No owner is declared.' : `${name} ${power}.` };
}

// What acting is worth in twenty worlds: 14 of them pay, one of them by far.
export const WORLDS = [
  -31_000, -14_000, -9_000, -4_200, -1_900, -300, 800, 2_100, 3_900, 6_000, 8_800, 12_000, 16_000,
  21_000, 29_000, 41_000, 60_000, 96_000, 190_000, 900_000,
];

// What is left of a volume: it falls, less and less surely.
export function fan(at: number): Fan {
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

export function worry(at: number, part: Partial<WorryRow> & Pick<WorryRow, 'id' | 'title'>): WorryRow {
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

export const QUESTION: Question = {
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

export function worryRows(at: number): WorryRow[] {
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

export function pageRows(at: number): PageRow[] {
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
