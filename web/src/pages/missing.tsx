// An address that names no page.
import { useEffect } from 'preact/hooks';
import { hrefTo, place } from '../router.ts';

export function Missing() {
  useEffect(() => {
    document.title = 'No such page · daytwo';
  }, []);
  return (
    <div class="page">
      <header class="page-head">
        <p class="question">Where is this?</p>
        <h1>There is no page at {place.value.arg}</h1>
      </header>
      <p>
        Go to the <a href={hrefTo('loop')}>Loop</a>, or press <kbd>/</kbd> to find anything.
      </p>
    </div>
  );
}
