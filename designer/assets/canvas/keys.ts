// How does one build a form with the keyboard alone: walk, lift, carry, put down, mark, remove?
import { announce } from '../../../runtime/web/assets/src/shell/toast';
import { word } from '../../../runtime/web/assets/src/words';
import { duplicate } from '../design/copying';
import { clearTogether, toggle, together } from './chosen';
import { chooseItem, copy, moved, ordinal, put, remove, spotOf, type Spot } from './deeds';
import { chooserOf, isField, itemAt, itemOf, itemsIn, labelOf, listOf, listsFor, targetOf } from './items';

let lifted: { item: HTMLElement; from: Spot } | null = null;

function choosers(): HTMLElement[] {
  const all = document.querySelectorAll<HTMLElement>('[data-canvas] [data-choose]');
  return [...all].filter((each) => each.getClientRects().length > 0);
}

function walk(item: HTMLElement | null, here: HTMLElement, by: number): void {
  const all = choosers();
  const next = all[all.indexOf(here) + by];
  next?.focus();
  void item;
}

function lift(item: HTMLElement): void {
  const from = spotOf(item);
  if (!from) return;
  lifted = { item, from };
  item.classList.add('is-lifted');
  announce(word('lifted', { name: labelOf(item) }));
}

// One place on: within its list, then over into the next list that takes such a thing.
export function step(item: HTMLElement, by: number): boolean {
  const list = listOf(item);
  if (!list) return false;
  const all = itemsIn(list);
  const at = all.indexOf(item) + by;
  if (at >= 0 && at < all.length) {
    put(item, { list, next: (by > 0 ? all[at + 1] : all[at]) ?? null });
    return true;
  }
  const lists = listsFor(item);
  const other = lists[lists.indexOf(list) + by];
  if (!other) return false;
  put(item, { list: other, next: by > 0 ? (itemsIn(other)[0] ?? null) : null });
  return true;
}

function carry(by: number): void {
  if (!lifted || !step(lifted.item, by)) return;
  const { item } = lifted;
  chooserOf(item)?.focus();
  item.scrollIntoView({ block: 'nearest' });
  const list = listOf(item);
  announce(word('over', { place: labelOf(list), n: ordinal(item), all: list ? itemsIn(list).length : 0 }));
}

function setDown(keep: boolean): void {
  if (!lifted) return;
  const { item, from } = lifted;
  lifted = null;
  item.classList.remove('is-lifted');
  if (keep) void moved(item, from);
  else {
    put(item, from);
    announce(word('putBack', { name: labelOf(item) }));
  }
  chooserOf(item)?.focus();
}

// What was drawn anew meanwhile is found again by its address.
function focusOn(item: HTMLElement): void {
  chooserOf(item.isConnected ? item : (itemAt(targetOf(item)) ?? item))?.focus();
}

export async function stepAndKeep(item: HTMLElement, by: number): Promise<void> {
  const from = spotOf(item);
  if (!from || !step(item, by)) return;
  item.scrollIntoView({ block: 'nearest' });
  await moved(item, from);
}

function way(key: string): number {
  return { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key] ?? 0;
}

function extend(item: HTMLElement, here: HTMLElement, by: number): void {
  toggle(item, true);
  walk(item, here, by);
  const next = itemOf(document.activeElement);
  if (next && isField(next)) toggle(next, true);
}

function pressed(event: KeyboardEvent, item: HTMLElement, here: HTMLElement): boolean {
  const by = way(event.key);
  if (lifted) {
    if (by) carry(by);
    else if (event.key === ' ' || event.key === 'Enter') setDown(true);
    else if (event.key === 'Escape') setDown(false);
    else return false;
    return true;
  }
  if (event.key === ' ') lift(item);
  else if (by && event.altKey) void stepAndKeep(item, by).then(() => focusOn(item));
  else if (by && event.shiftKey) extend(item, here, by);
  else if (by) walk(item, here, by);
  else if (event.key === 'Delete' || event.key === 'Backspace') void removeAll(item);
  else if (event.key.toLowerCase() === 'd' && (event.ctrlKey || event.metaKey) ) void (isField(item) ? copy([item]) : duplicate(targetOf(item)));
  else if (event.key === 'Escape') clearTogether();
  else return false;
  return true;
}

async function removeAll(item: HTMLElement): Promise<void> {
  const items = together();
  await remove(items.length ? items : [item]);
  clearTogether();
}

export function listenToKeys(canvas: HTMLElement): void {
  canvas.addEventListener('keydown', (event) => {
    const here = event.target instanceof HTMLElement ? event.target : null;
    if (!here?.matches('[data-choose]')) return;
    const item = itemOf(here);
    if (!item) {
      if (way(event.key)) walk(null, here, way(event.key));
      else return;
      event.preventDefault();
      return;
    }
    if (event.key === 'Enter' && !lifted) {
      event.preventDefault();
      chooseItem(item);
      document.dispatchEvent(new CustomEvent('design:enter'));
    } else if (pressed(event, item, here)) event.preventDefault();
  });
  canvas.addEventListener('keyup', (event) => {
    // A space has lifted the item; it must not press the button too.
    if (event.key === ' ' && event.target instanceof Element && event.target.matches('[data-choose]'))
      event.preventDefault();
  });
  canvas.addEventListener('focusout', (event) => {
    const to = event.relatedTarget;
    if (lifted && to instanceof Node && !lifted.item.contains(to)) setDown(false);
  });
}
