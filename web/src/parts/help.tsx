// The keys, and the switch that turns them off.
import { KEY_HELP } from '../keys.ts';
import { MENU } from '../router.ts';
import { keysOn } from '../settings.ts';
import { Dialog } from './dialog.tsx';

export function Help(props: { close: () => void }) {
  return (
    <Dialog title="Keys" close={props.close}>
      <table class="plain">
        <tbody>
          {KEY_HELP.map((entry) => (
            <tr key={entry.keys}>
              <th scope="row">
                <kbd>{entry.keys}</kbd>
              </th>
              <td>{entry.does}</td>
            </tr>
          ))}
          {MENU.map((item) => (
            <tr key={item.page}>
              <th scope="row">
                <kbd>g {item.letter}</kbd>
              </th>
              <td>{item.word}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <label class="check">
        <input
          type="checkbox"
          checked={keysOn.value === 'on'}
          onChange={(event) => {
            keysOn.value = event.currentTarget.checked ? 'on' : 'off';
          }}
        />
        <span>Single keys work while no field has the focus</span>
      </label>
    </Dialog>
  );
}
