// A page that is fetched when it is first opened, so that the first load stays small.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

// `what` as in "the query page". A chunk that does not come is said so; the browser's reload tries
// again.
export function lazy(what: string, load: () => Promise<ComponentType>): ComponentType {
  let known: ComponentType | null = null;
  return function Lazy() {
    const [, arrived] = useState(known !== null);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (known !== null) return;
      load().then(
        (component) => {
          known = component;
          arrived(true);
        },
        () => setFailed(true),
      );
    }, []);
    const Known = known;
    if (Known !== null) return <Known />;
    return (
      <div class="page" aria-busy={!failed}>
        <h1 class="skeleton">
          {failed ? `Could not load ${what}: reload to try again.` : `Loading ${what} …`}
        </h1>
      </div>
    );
  };
}
