// The live region: what a screen reader hears when something happens that the focus is not on.
import { signal } from '@preact/signals';

export const announced = signal('');

export function announce(sentence: string): void {
  announced.value = sentence;
}
