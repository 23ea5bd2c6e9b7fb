// The keys in a dialog, and the way to the page that teaches.
import { hrefTo } from '../router.ts';
import { Dialog } from './dialog.tsx';
import { Keys } from './keys_table.tsx';

export function Help(props: { close: () => void }) {
  return (
    <Dialog title="Keys" close={props.close}>
      <Keys />
      <p>
        <a href={hrefTo('help')} onClick={props.close}>
          What to write next, and what the words mean
        </a>
      </p>
    </Dialog>
  );
}
