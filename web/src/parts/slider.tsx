// A slider over an amount whose right end means "no limit". It says its value in words, also to a
// screen reader, and tells of a move (`moves`) and of its end (`rests`), which alone goes into the
// address.
import { useId } from 'preact/hooks';

// A step that people count in: 1, 2 or 5 times a power of ten, about a hundred of them.
export function stepOf(most: number): number {
  if (!(most > 0)) return 1;
  const rough = most / 100;
  const base = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * base).find((step) => step >= rough) ?? rough;
}

export function LimitSlider(props: {
  label: string;
  value: number | null; // null: no limit
  most: number;
  words: (value: number) => string;
  moves: (value: number | null) => void;
  rests: () => void;
}) {
  const field = useId();
  const step = stepOf(props.most);
  const end = Math.ceil(props.most / step) * step + step;
  const read = (text: string): number | null => {
    const value = Number(text);
    return value >= end ? null : value;
  };
  const said = props.value === null ? 'no limit' : props.words(props.value);
  return (
    <div class="slider">
      <label for={field}>{props.label}</label>
      <output for={field}>{said}</output>
      <input
        id={field}
        type="range"
        min={0}
        max={end}
        step={step}
        value={props.value ?? end}
        aria-valuetext={said}
        onInput={(event) => props.moves(read(event.currentTarget.value))}
        onChange={() => props.rests()}
      />
    </div>
  );
}
