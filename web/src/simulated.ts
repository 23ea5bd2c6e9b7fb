// Whether the data of this server is simulated. Every answer says so; the shell shows it on every
// page.
import { signal } from '@preact/signals';

export const simulated = signal(false);

export function seeSimulated(value: boolean): void {
  simulated.value = value;
}
