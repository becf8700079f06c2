// Owns how a part of the studio says what was done and how to undo it: one event, shown by the studio at the bottom.

export interface Notice {
  text: string;
  /** Missing: cannot be undone. Answers whether it worked. */
  undo?: () => Promise<boolean>;
  isFault?: boolean;
}

const NOTICE = 'studio-notice';

/** Shows a notice. */
export function tell(from: EventTarget, notice: Notice): void {
  from.dispatchEvent(new CustomEvent<Notice>(NOTICE, { detail: notice, bubbles: true, composed: true }));
}

/** Listens for notices of the parts inside; they go no further than the studio. */
export function onNotice(root: EventTarget, listener: (notice: Notice) => void): void {
  root.addEventListener(NOTICE, (event) => {
    event.stopPropagation();
    listener((event as CustomEvent<Notice>).detail);
  });
}
