// A box that knows its width, for charts that are drawn in CSS pixels.
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

// Renders `children(width)` once the width is known and again when it changes. `height` keeps the
// layout until then.
export function Measured(props: {
  height: number;
  class?: string;
  children: (width: number) => ComponentChildren;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const learn = (): void => setWidth(Math.floor(element.clientWidth));
    learn();
    const observer = new ResizeObserver(learn);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div
      ref={box}
      class={`measured ${props.class ?? ''}`}
      style={{ minHeight: `${props.height}px` }}
    >
      {width > 0 ? props.children(width) : null}
    </div>
  );
}
