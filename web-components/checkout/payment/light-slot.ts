// Owns a place in the page's own tree that is seen inside an element: a payment form in a frame must not stand in a shadow tree.

const NAME = 'fieldcast-payment';

/**
 * Makes an empty box in the document itself, shown where `host` has `<slot name="fieldcast-payment">`. Between them, every element that
 * stands in another one's shadow tree hands the box on by a slot of its own. Answers the box and what takes all of it away.
 */
export function openLightSlot(host: HTMLElement): { box: HTMLElement; close(): void } {
  const box = document.createElement('div');
  box.slot = NAME;
  const added: Element[] = [box];
  let holder = host;
  for (let root = holder.getRootNode(); root instanceof ShadowRoot; root = holder.getRootNode()) {
    const slot = document.createElement('slot');
    slot.name = NAME;
    slot.slot = NAME;
    holder.append(slot);
    added.push(slot);
    holder = root.host as HTMLElement;
  }
  holder.append(box);
  return { box, close: () => added.forEach((element) => element.remove()) };
}
