// Where does a field, a column or a group on the canvas stand in the definition?
import type { Target } from '../design/edits';

export const canvas = document.querySelector<HTMLElement>('[data-canvas]');

export function listOf(item: Element): HTMLElement | null {
  return item.parentElement?.closest<HTMLElement>('[data-list]') ?? null;
}

export function listTarget(list: HTMLElement): Target {
  return JSON.parse(list.dataset['list'] ?? '[]') as Target;
}

export function nameOf(item: Element | null | undefined): string {
  return (item as HTMLElement | null)?.dataset['item'] ?? '';
}

export function labelOf(item: Element | null | undefined): string {
  return (item as HTMLElement | null)?.dataset['label'] ?? '';
}

export function targetOf(item: HTMLElement): Target {
  const list = listOf(item);
  return list ? [...listTarget(list), nameOf(item)] : [];
}

export function itemsIn(list: Element): HTMLElement[] {
  return [...list.children].filter((each): each is HTMLElement => nameOf(each) !== '');
}

export function nextItem(item: Element): HTMLElement | null {
  let next = item.nextElementSibling;
  while (next && !nameOf(next)) next = next.nextElementSibling;
  return next as HTMLElement | null;
}

// The lists into which something of a kind may go, in the order of the page.
export function listsFor(item: HTMLElement): HTMLElement[] {
  const own = listOf(item);
  const takes = own?.dataset['takes'] ?? '';
  if (!own || takes === 'column' || takes === 'tab') return own ? [own] : [];
  return [...document.querySelectorAll<HTMLElement>(`[data-takes=${takes}]`)];
}

export function chooserOf(item: Element): HTMLElement | null {
  return item.querySelector<HTMLElement>('[data-choose]');
}

export function itemOf(inside: EventTarget | null): HTMLElement | null {
  return inside instanceof Element ? inside.closest<HTMLElement>('[data-item]') : null;
}

// What was moved into another list has another address, and so has all that is inside.
export function readdress(item: HTMLElement): void {
  const target = targetOf(item);
  const chooser = chooserOf(item);
  if (chooser) chooser.dataset['choose'] = JSON.stringify(target);
  const inner = item.querySelector<HTMLElement>('[data-list]');
  if (!inner) return;
  inner.dataset['list'] = JSON.stringify([...target, 'fields']);
  itemsIn(inner).forEach(readdress);
}

export function itemAt(target: Target): HTMLElement | null {
  const wanted = JSON.stringify(target);
  const all = document.querySelectorAll<HTMLElement>('[data-item]');
  return [...all].find((item) => JSON.stringify(targetOf(item)) === wanted) ?? null;
}

export function isField(item: HTMLElement): boolean {
  return listOf(item)?.dataset['takes'] === 'field';
}

// Ids that fields of the form have, or had when it was last published: a new field must not find
// the old values under its name.
export function freeId(stem: string, among: Element | null = null): string {
  const own = among ? itemsIn(among).map(nameOf) : [];
  const all = [...document.querySelectorAll('[data-takes=field] > [data-item]')].map(nameOf);
  const before = document.getElementById('design')?.dataset['taken']?.split(' ') ?? [];
  return freeName(stem, [...own, ...all, ...before]);
}

export function freeName(stem: string, among: Iterable<string>): string {
  const taken = new Set(among);
  let id = stem;
  for (let n = 2; taken.has(id); n += 1) id = `${stem}_${n}`;
  return id;
}

// Sortable leaves styles behind which the strict policy would report when the node is copied.
export function bare(item: HTMLElement): void {
  item.removeAttribute('style');
  item.removeAttribute('draggable');
}
