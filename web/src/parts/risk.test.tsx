import assert from 'node:assert/strict';
import { test } from 'node:test';
import { render } from 'preact-render-to-string';
import type { RiskYear } from '../api/api.gen.ts';
import { bandAcross, Exceedance, exceeded, oneIn } from '../charts/exceedance.tsx';
import { often } from './risk_register.tsx';

const figure = (value: number) => ({ value, low: value * 0.9, high: value * 1.1 });
const year: RiskYear = {
  mean: 100,
  chance_of_loss: figure(0.3),
  levels: [
    { years: 2, loss: figure(0) },
    { years: 10, loss: figure(1_000) },
    { years: 100, loss: figure(10_000) },
  ],
  var05: figure(1),
  var95: figure(1),
  var99: figure(1),
  tvar95: figure(1),
  tvar99: figure(1),
  sigma: 1,
  above_appetite: null,
  dots: [],
};

test('levels without a loss are no points of a log axis', () => {
  assert.deepEqual(
    exceeded(year).map(({ chance, value }) => [chance, value]),
    [
      [0.1, 1_000],
      [0.01, 10_000],
    ],
  );
});

test('the band goes forth along the high ends and back along the low ones', () => {
  const path = bandAcross(
    exceeded(year),
    (loss) => loss,
    (chance) => chance * 100,
  );
  assert.equal(path, 'M1100.0 10.0L11000.0 1.0L9000.0 1.0L900.0 10.0Z');
});

test('the curve says both axes with their units, and the appetite', () => {
  const svg = render(
    <Exceedance
      own={year}
      after={null}
      harm={null}
      appetite={{ at_most: 0.05, loss: 5_000 }}
      currency="EUR"
      width={400}
      height={280}
      sentence="the curve"
    />,
  );
  assert.match(svg, />loss of a year in EUR, log</);
  assert.match(svg, />chance of a year above, log</);
  assert.match(svg, />1 in 100</);
  assert.match(svg, />appetite</);
  assert.ok(!svg.includes('class="after"'), 'nothing is in place');
});

test('a year without any loss draws nothing', () => {
  const none = { ...year, levels: [{ years: 2, loss: figure(0) }] };
  const svg = render(
    <Exceedance
      own={none}
      after={null}
      harm={null}
      appetite={null}
      currency="USD"
      width={400}
      height={280}
      sentence=""
    />,
  );
  assert.equal(svg, '');
});

test('how often is said by the year, or by the years between', () => {
  assert.equal(oneIn(0.05), '1 in 20');
  assert.equal(often(7.6), '7.6 a year');
  assert.equal(often(0.05), '1 in 20 years');
  assert.equal(often(0), 'never');
});
