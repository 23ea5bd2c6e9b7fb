// What the mock server answers about services, objectives and what runs. The figures are invented.
import type {
  FlowRow,
  ListenerRow,
  ObjectiveRow,
  ProcessRow,
  ServiceRow,
} from '../../../web/src/api/api.gen.ts';
import { MINUTE, HOUR, DAY } from './fixtures_base.ts';
import { owner } from './fixtures_worries.ts';

export function services(at: number): ServiceRow[] {
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

export function objective(part: Partial<ObjectiveRow> & Pick<ObjectiveRow, 'id' | 'name'>): ObjectiveRow {
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
    p_miss: 0.31,
    p_miss_at: Date.UTC(2026, 10, 29),
    p_miss_sentence: '31 % chance that it is missed by 2026-11-29 00:00 UTC',
    sentence: '',
    query_good: 'sum(rate(http_requests_total{service="checkout",code!~"5.."}[5m]))',
    query_total: 'sum(rate(http_requests_total{service="checkout"}[5m]))',
    ...part,
  };
}

export function processes(at: number): ProcessRow[] {
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

export function listeners(at: number): ListenerRow[] {
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

export function flows(at: number): FlowRow[] {
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
