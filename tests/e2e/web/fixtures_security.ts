// What the mock server answers about promises of security. The figures are invented.
import type {
  PosturePage,
  PromisedExposure,
  SecurityPage,
  SecurityRow,
} from '../../../web/src/api/api.gen.ts';
import { DAY, spread } from './fixtures_base.ts';

function exposure(at: number, part: Partial<PromisedExposure>): PromisedExposure {
  return {
    worry: '0c0ffee0beef',
    title: 'CVE-2023-44487 is in nginx 1.22.1-9, known to be exploited',
    host: 'node-3',
    open: true,
    late: false,
    due: at + 6 * DAY,
    days: 15,
    late_days: 0,
    next_step: 'apt-get install --only-upgrade nginx',
    ...part,
  };
}

function promise(at: number, part: Partial<SecurityRow>): SecurityRow {
  return {
    service: 'checkout',
    name: 'known-exploited',
    promise: '99 % of the exposure to known exploited vulnerabilities within 21 days, over 90 days',
    target: '99',
    standing: 'kept',
    sentence: 'kept: 99.4 % of 41 days of exposure within what is due (99 % promised)',
    services: ['checkout'],
    from: at - 90 * DAY,
    measured_share: 1,
    within: 0.994,
    days: 41,
    late_days: 0.25,
    budget_days: 0.41,
    budget_left_days: 0.16,
    burn: 0.6,
    open: 1,
    late: 0,
    not_counted: 0,
    breaks_by: at + 9 * DAY,
    kept_again_by: null,
    median_days: 6,
    mended_when_due: 0.97,
    cost: {
      so_far: spread(at, 9_000, 'a day'),
      allowed: spread(at, 8_000, 'a day'),
      late: spread(at, 200, 'a day'),
      a_day: spread(at, 240, 'a day'),
      a_late_day: spread(at, 0, 'a day'),
      stake: 'an incident costs $20k to $2M',
      unknown: 2,
    },
    credits: [
      {
        with: 'shops',
        owed_to_us: false,
        share_now: 0,
        now: spread(at, 0, 'a day'),
        share_if_left: 0.1,
        if_left: spread(at, 10_000, 'a day'),
        share_if_mended: 0,
        if_mended: spread(at, 0, 'a day'),
      },
    ],
    exposures: [exposure(at, {})],
    ...part,
  };
}

export function securityPage(at: number): SecurityPage {
  return {
    as_of: at,
    simulated: false,
    sentence: '2 promises: 1 broken',
    teach: '',
    coverage: ['34 of 120 processes: run as root or grant capabilities'],
    rows: [
      promise(at, {}),
      promise(at, {
        service: 'database',
        name: 'all-reachable',
        promise: '95 % of the exposure of what the network reaches within 7 days, over 90 days',
        standing: 'broken',
        sentence: 'broken: 81 % of 32 days of exposure within what is due (95 % promised)',
        within: 0.81,
        days: 32,
        late_days: 6.1,
        budget_days: 1.6,
        budget_left_days: -4.5,
        burn: 3.8,
        late: 1,
        breaks_by: null,
        kept_again_by: at + 44 * DAY,
        credits: [],
        exposures: [
          exposure(at, {
            worry: 'facade00beef',
            title: 'CVE-2024-10979 is in postgresql-15, reached from the network',
            late: true,
            due: at - 6.1 * DAY,
            late_days: 6.1,
          }),
        ],
      }),
    ],
    question: null,
  };
}

export function posturePage(at: number): PosturePage {
  return {
    as_of: at,
    simulated: false,
    sentence: '1 promise',
    rows: [
      {
        service: 'checkout',
        promise:
          '99 % of the exposure to known exploited vulnerabilities within 21 days, over 90 days',
        standing: 'kept',
        sentence: 'kept over 90 days: 99.4 % within what is due; half are mended within 6 days',
        from: at - 90 * DAY,
        to: at,
        measured_share: 1,
        within: 0.994,
        median_days: 6,
      },
    ],
  };
}
