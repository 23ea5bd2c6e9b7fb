// The keys, and the switch that turns them off: in the dialog and on the help page.
import { KEY_HELP } from '../keys.ts';
import { MENU } from '../router.ts';
import { keysOn } from '../settings.ts';

export function Keys() {
  return (
    <>
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
          <tr>
            <th scope="row">
              <kbd>g</kbd> and a letter
            </th>
            <td>{MENU.map((item) => `${item.letter} ${item.word}`).join(', ')}</td>
          </tr>
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
    </>
  );
}
