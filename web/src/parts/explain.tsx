// "How computed": every number opens. One dialog for the whole console; what it shows is set by
// whoever is asked.
import { signal } from '@preact/signals';
import type { Amount } from '../api/api.gen.ts';
import { now } from '../clock.ts';
import { Dialog } from './dialog.tsx';
import { amountSentence, formatValue, unitWords } from './money.ts';
import { bothZones, formatAgo } from './time.ts';

interface Explained {
  title: string;
  amount: Amount;
  notes: readonly string[];
}

export const explained = signal<Explained | null>(null);

// The amount as it was sent, digit by digit: quantiles, mean, samples, seed, engine version, age.
export function ExplainDialog() {
  const shown = explained.value;
  if (shown === null) return null;
  const { amount } = shown;
  const quantiles: [string, number][] = [
    ['1 in 20 below', amount.p05],
    ['1 in 4 below', amount.p25],
    ['median', amount.p50],
    ['1 in 4 above', amount.p75],
    ['1 in 20 above', amount.p95],
    ['mean', amount.mean],
  ];
  return (
    <Dialog
      title={shown.title}
      close={() => {
        explained.value = null;
      }}
    >
      <p>{amountSentence(amount)}</p>
      <table class="plain">
        <tbody>
          {quantiles.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="end">
                {formatValue(value, amount.unit)}
                {unitWords(amount)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.notes.map((note) => (
        <p key={note} class="muted">
          {note}
        </p>
      ))}
      <p class="muted">
        {amount.samples} samples, seed {amount.seed}, engine {amount.version}; as of{' '}
        <span title={bothZones(amount.as_of)}>{formatAgo(amount.as_of, now.value)}</span>. The 90 %
        interval runs from “1 in 20 below” to “1 in 20 above”.
      </p>
    </Dialog>
  );
}
