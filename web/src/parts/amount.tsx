// An amount on the page: the interval in words, as a button that opens how it was computed.
import type { Amount } from '../api/api.gen.ts';
import { explained } from './explain.tsx';
import { amountSentence, formatInterval, formatValue, unitWords } from './money.ts';

// `whole` writes unit, window and median; without it the column's head must carry unit and window.
export function AmountText(props: {
  amount: Amount;
  title: string;
  whole?: boolean;
  notes?: readonly string[];
}) {
  const { amount, title } = props;
  const text =
    props.whole === true
      ? amountSentence(amount)
      : formatInterval(amount.p05, amount.p95, amount.unit);
  const median = `median ${formatValue(amount.p50, amount.unit)}${unitWords(amount)}`;
  const hover = `${median}; opens how it was computed`;
  const open = (): void => {
    explained.value = { title, amount, notes: props.notes ?? [] };
  };
  return (
    <button type="button" class="number" data-explain title={hover} onClick={open}>
      {text}
    </button>
  );
}
