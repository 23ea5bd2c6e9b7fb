// A modal dialog of the platform: focus is kept inside and given back, Escape closes.
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

export function Dialog(props: {
  title: string;
  close: () => void;
  class?: string;
  children: ComponentChildren;
}) {
  const element = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = element.current;
    if (dialog !== null && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  const onClick = (event: MouseEvent): void => {
    if (event.target === element.current) props.close();
  };
  return (
    <dialog
      ref={element}
      class={props.class}
      aria-label={props.title}
      onClose={props.close}
      onClick={onClick}
    >
      <div class="dialog-head">
        <h2>{props.title}</h2>
        <button type="button" class="quiet" onClick={props.close}>
          Close
        </button>
      </div>
      {props.children}
    </dialog>
  );
}
