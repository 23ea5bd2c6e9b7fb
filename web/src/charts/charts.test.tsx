import assert from 'node:assert/strict';
import { test } from 'node:test';
import { render } from 'preact-render-to-string';
import type { Amount } from '../api/api.gen.ts';
import { alignSeries } from './align.ts';
import { countPast, DOT_RADIUS, placeDots, QuantileDots, stretched, Worlds } from './dots.tsx';
import { bandPath, Fan } from './fan.tsx';
import { Interval, IntervalAxis, intervalDomain } from './interval.tsx';
import { apart } from './nines.tsx';
import { met, Reliability } from './reliability.tsx';
import { decades, linearScale, logScale } from './scale.ts';
import { shareWidth } from './share.tsx';
import { outside, Tenths } from './tenths.tsx';

const amount: Amount = {
  p05: 1_000,
  p25: 5_000,
  p50: 10_000,
  p75: 20_000,
  p95: 100_000,
  mean: 18_000,
  samples: 1,
  seed: 1,
  unit: 'USD',
  window: 'a year',
  as_of: 0,
  version: '',
};

test('a log scale puts equal ratios at equal distances', () => {
  const x = logScale(1, 1_000, 0, 300);
  assert.equal(Math.round(x(10) - x(1)), Math.round(x(1_000) - x(100)));
  assert.deepEqual(x.ticks, [1, 10, 100, 1_000]);
  assert.equal(x(0), 0, 'nothing stands at the left edge');
});

test('linear ticks are at 1, 2 or 5', () =>
  assert.deepEqual(linearScale(0, 10, 0, 100).ticks, [0, 5, 10]));

test('the shared axis holds every end and is at least two decades wide', () => {
  assert.deepEqual(intervalDomain([amount]), [1_000, 100_000]);
  assert.deepEqual(decades([30, 40]), [1, 100]);
  assert.equal(decades([0, -3]), null);
});

test('an interval is a thin line, a thick bar and a dot, without end caps, and says itself', () => {
  const svg = render(<Interval amount={amount} domain={[1_000, 100_000]} width={212} />);
  assert.match(svg, /aria-label="\$1k to \$100k a year, median \$10k \(90 %\)"/);
  assert.match(svg, /x1="6" x2="206" y1="8" y2="8" stroke-width="1.5"/);
  assert.match(svg, /<circle class="dot" cx="106" cy="8" r="3.5"/);
  assert.equal(svg.match(/stroke-width/g)?.length, 2);
});

test('first and last label of the axis are anchored inwards', () => {
  const svg = render(<IntervalAxis domain={[1_000, 100_000]} width={212} unit="USD" />);
  assert.match(svg, /x="0" y="12" text-anchor="start">\$1k</);
  assert.match(svg, /x="212" y="12" text-anchor="end">\$100k</);
});

test('no column of dots straddles the threshold', () => {
  const positions = Array.from({ length: 20 }, (_, index) => index * 7.3);
  const placed = placeDots(positions, 60);
  for (const dot of placed.dots)
    assert.ok(dot.past ? dot.x - DOT_RADIUS >= 60 : dot.x + DOT_RADIUS <= 60);
  assert.equal(placed.past, positions.filter((position) => position >= 60).length);
});

test('a dot exactly on the threshold counts as past it', () =>
  assert.equal(placeDots([59.9, 60, 60.1], 60).past, 2));

test('dots of one column do not overlap', () => {
  const placed = placeDots([61, 62, 63], 60);
  assert.equal(new Set(placed.dots.map((dot) => dot.y)).size, 3);
});

test('sentence and picture of the dots agree', () => {
  const svg = render(
    <QuantileDots
      quantiles={[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}
      threshold={6}
      label="the limit of $6"
      width={300}
    />,
  );
  assert.match(svg, /aria-label="5 in 10 pass the limit of \$6"/);
  assert.equal(svg.match(/class="past"/g)?.length, 5);
  assert.equal(svg.match(/class="short"/g)?.length, 5);
});

test('a chance fills as many worlds as it says', () => {
  assert.equal(
    render(<Worlds chance={0.7} sentence="14 in 20" />).match(/class="in"/g)?.length,
    14,
  );
});

test('a gap in the samples stays a gap', () => {
  const rows = alignSeries(
    [
      {
        metric: {},
        values: [
          [0, 1],
          [30, 3],
          [45, Infinity],
        ],
      },
    ],
    0,
    60,
    15,
  );
  assert.deepEqual(rows, [
    [0, 15, 30, 45, 60],
    [1, null, 3, null, null],
  ]);
});

test('a band is a closed path, forth along its top and back along its bottom', () => {
  const band = { at: 0, low95: 1, low80: 2, low50: 3, high50: 4, high80: 5, high95: 6 };
  const path = bandPath(
    [band, { ...band, at: 10 }],
    'low95',
    'high95',
    (at) => at,
    (value) => value,
  );
  assert.equal(path, 'M0.0 6.0L10.0 6.0L10.0 1.0L0.0 1.0Z');
  assert.equal(
    bandPath(
      [],
      'low95',
      'high95',
      (at) => at,
      (value) => value,
    ),
    '',
  );
});

test('a fan draws what was observed, the bands it was sent and the crossing on the limit', () => {
  const band = { at: 10, low95: 8, low80: 8, low50: 8, high50: 8, high80: 8, high95: 8 };
  const svg = render(
    <Fan
      width={300}
      height={120}
      sentence="nothing left on 12 Jan"
      limitText="nothing left"
      day={() => '12 Jan'}
      words={(value) => `${value} GiB`}
      data={{
        observed: [
          [0, 10],
          [10, 8],
        ],
        bands: [band, { ...band, at: 80, low95: 0, high95: 6 }],
        limit: 0,
        crossing: { p05: 30, p25: 35, p50: 40, p75: 50, p95: 900 },
        now: 10,
      }}
    />,
  );
  const limitY = /class="limit" x1="0" x2="300" y1="([\d.]+)"/.exec(svg)?.[1];
  assert.ok(
    limitY !== undefined && svg.includes(`cy="${limitY}" r="3.5"`),
    'the dot is on the limit',
  );
  assert.equal(svg.match(/<polyline/g)?.length, 1);
  assert.match(svg, />12 Jan</);
  assert.match(svg, />10 GiB</, 'the scale is said');
  assert.ok(!/x2="(3[0-9][1-9]|[4-9]\d\d)/.test(svg), 'nothing leaves the picture');
});

test('the dots of a worth keep order and threshold, however far the last one is', () => {
  const svg = render(
    <QuantileDots
      quantiles={[-900, -5, 1, 3, 40_000]}
      threshold={0}
      label="pays"
      width={300}
      gain
      words={(value) => `$${value}`}
    />,
  );
  assert.match(svg, /aria-label="3 in 5 pass pays"/);
  assert.equal(svg.match(/class="past"/g)?.length, 3);
  assert.equal(countPast([-900, -5, 1, 3, 40_000], 0), 3);
  assert.match(svg, />\$-900</);
  assert.ok(stretched(1, 5) < stretched(2, 5) && stretched(-1, 5) < 0);
});

test('a share never leaves its bar', () => {
  assert.equal(shareWidth(-0.3), 0);
  assert.equal(shareWidth(1.7), shareWidth(1));
});

test('words at the ends of curves stand apart in their order, and above the foot', () => {
  assert.deepEqual(apart([50, 10, 52], 13, 200), [50, 10, 63]);
  assert.deepEqual(apart([198, 199, 10], 13, 200), [187, 200, 10]);
  assert.deepEqual(apart([], 13, 200), []);
});

test('a tenth outside its band has the second colour, one inside has not', () => {
  const svg = render(
    <Tenths tenths={[9, 1, 4, 0, 2]} low={1} high={8} width={300} height={200} sentence="x" />,
  );
  assert.equal(svg.match(/class="past"/g)?.length, 2);
  assert.equal(svg.match(/class="bar"/g)?.length, 3);
  assert.ok(outside(9, 1, 8) && outside(0, 1, 8) && !outside(1, 1, 8) && !outside(8, 1, 8));
});

test('chances that do not mean what they say are seen as such', () => {
  const bin = { from: 0.8, to: 1, count: 40, said: 0.97, came: 0.85, low: 0.74, high: 0.92 };
  assert.equal(met(bin), false);
  assert.equal(met({ ...bin, said: 0.9 }), true);
  const svg = render(
    <Reliability bins={[bin, { ...bin, said: 0.9 }]} width={900} height={220} sentence="x" />,
  );
  assert.equal(svg.match(/class="missed"/g)?.length, 1);
  assert.equal(svg.match(/class="met"/g)?.length, 1);
});
