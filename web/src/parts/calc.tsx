// A quantity worked out while one types: what was understood of each range with its mean, median
// and 1 in 100, and what the whole is worth. The server reads it; nothing is computed here.
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Answer as Worth, Evaluation, Understood } from '../api/api.gen.ts';
import { post } from '../api/client.ts';
import { useDryRun } from './dry_run.ts';
import { Refusal } from './echo.tsx';
import { formatInterval, formatValue, isMoney } from './money.ts';

type Figure = number | null | undefined;

function known(value: Figure): value is number {
  return value !== null && value !== undefined;
}

// "$96k", "4.2 h", "12 %": a figure with the unit of its quantity; shares are of 1.
export function withUnit(value: number, unit: string): string {
  if (unit === 'share') return `${formatValue(value * 100, '')} %`;
  const [money = '', per] = unit.split('/');
  if (isMoney(money)) return `${formatValue(value, money)}${per === undefined ? '' : ` a ${per}`}`;
  const number = formatValue(value, '');
  return unit === '' ? number : `${number} ${unit}`;
}

// "lognormal(1.4, 0.4): mean 4.4 h, median 4 h, 1 in 100 above 10 h; holds 90 % of 90 % asked".
export function understoodWords(each: Understood): string {
  const mean = known(each.mean) ? withUnit(each.mean, each.unit) : 'infinite';
  const parts = [
    `${each.text}: mean ${mean}, median ${withUnit(each.median, each.unit)}, ` +
      `1 in 100 above ${withUnit(each.p99, each.unit)}`,
  ];
  if (each.note !== '') parts.push(each.note);
  return parts.join('; ');
}

// "$24k to $96k, median $48k (90 %)", or the number alone.
export function worthWords(worth: Worth): string {
  if (known(worth.value)) return withUnit(worth.value, worth.unit);
  const { p05, p50, p95, mean, unit } = worth;
  if (!known(p05) || !known(p95)) return known(mean) ? `mean ${withUnit(mean, unit)}` : 'unknown';
  const [money = '', per] = unit.split('/');
  const interval = isMoney(money)
    ? `${formatInterval(p05, p95, money)}${per === undefined ? '' : ` a ${per}`}`
    : `${formatValue(unit === 'share' ? p05 * 100 : p05, '')} to ${withUnit(p95, unit)}`;
  const middle = known(p50) ? `, median ${withUnit(p50, unit)}` : '';
  return `${interval}${middle} (90 %), mean ${known(mean) ? withUnit(mean, unit) : 'infinite'}`;
}

export function Calculator() {
  const text = useSignal('');
  const { answer, failure } = useDryRun(text.value, (expression) =>
    post<Evaluation>('calc', { expression }),
  );
  const field = useId();
  const said = useId();
  return (
    <div class="echo calculator">
      <label for={field}>A quantity as you would say it</label>
      <div class="echo-line">
        <input
          id={field}
          type="text"
          autocomplete="off"
          spellcheck={false}
          value={text.value}
          placeholder="30% a year, 2h to 8h * $12k/h"
          aria-describedby={said}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
        />
      </div>
      <div id={said} class="echo-said" role="status">
        {answer.value === null ? null : <Found of={answer.value} />}
        {failure.value === null ? null : <Refusal failure={failure.value} text={text.value} />}
      </div>
    </div>
  );
}

function Found(props: { of: Evaluation }) {
  const { answers, understood, samples, seed } = props.of;
  return (
    <>
      {answers.map((worth, index) => (
        <p key={index}>
          <strong>{worthWords(worth)}</strong>{' '}
          <span class="muted">
            {worth.name === '' ? '' : `${worth.name}, `}
            {worth.method}
            {samples > 0 ? `, ${samples} draws from seed ${seed}` : ''}
            {worth.notes.map((note) => `; ${note}`)}
          </span>
        </p>
      ))}
      <ul class="understood">
        {understood.map((each) => (
          <li key={each.text}>{understoodWords(each)}</li>
        ))}
      </ul>
    </>
  );
}
