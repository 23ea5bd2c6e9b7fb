// How the series of one chart are told apart: by dash and by the list below it, not by a rainbow.
// One data colour, then ink, then muted, then the second colour; then again, dashed.
const DASHES: (number[] | undefined)[] = [undefined, [6, 3], [2, 3], [8, 3, 2, 3]];
const TONES = ['--data', '--ink', '--muted', '--contrast'] as const;

export function strokeOf(index: number): { tone: string; dash: number[] | undefined } {
  const dash = DASHES[Math.floor(index / TONES.length) % DASHES.length];
  return { tone: TONES[index % TONES.length] ?? TONES[0], dash };
}
