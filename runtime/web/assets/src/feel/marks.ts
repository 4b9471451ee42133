// Where in a text area does a character stand, and how are its mistakes underlined?
//
// A layer with the same text lies below the text area; what is marked there shows through.

export type Span = { start: number; end: number };

export function underline(layer: HTMLElement, text: string, spans: Span[]): void {
  const nodes: Node[] = [];
  let done = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start < done) continue;
    nodes.push(document.createTextNode(text.slice(done, start)));
    const mark = document.createElement('mark');
    mark.textContent = text.slice(start, Math.max(end, start + 1)) || ' ';
    nodes.push(mark);
    done = Math.max(end, start + 1);
  }
  // A line break at the very end has no height of its own.
  nodes.push(document.createTextNode(`${text.slice(done)}\n`));
  layer.replaceChildren(...nodes);
}

// The box of the window in which the character at a place stands.
export function boxOf(layer: HTMLElement, text: string, place: number): DOMRect {
  const probe = layer.cloneNode(false) as HTMLElement;
  const here = document.createElement('span');
  here.textContent = '\u200b';
  probe.append(text.slice(0, place), here, text.slice(place));
  layer.parentElement!.append(probe);
  probe.scrollTop = layer.scrollTop;
  const box = here.getBoundingClientRect();
  probe.remove();
  return box;
}
