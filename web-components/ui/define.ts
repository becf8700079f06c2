// Owns registration: a page that loads the script twice, or two versions of it, must not break.

/** Registers an element unless its tag is taken. */
export function define(tag: `fieldcast-${string}`, element: CustomElementConstructor): void {
  if (typeof customElements !== 'undefined' && !customElements.get(tag)) customElements.define(tag, element);
}
