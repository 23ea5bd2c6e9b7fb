// Who can act. An owner without the power is said in words; not knowing is said as well.
import type { Owner } from '../api/api.gen.ts';

export function OwnerText(props: { owner: Owner }) {
  const { owner } = props;
  if (owner.name === '')
    return (
      <span class="muted" title={owner.sentence}>
        nobody yet
      </span>
    );
  const power =
    owner.has_power === null ? ' (power not known)' : owner.has_power ? '' : ' (cannot act)';
  return (
    <span title={owner.sentence}>
      {owner.name}
      <span class={owner.has_power === false ? 'no-power' : 'muted'}>{power}</span>
    </span>
  );
}
