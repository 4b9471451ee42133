// How is something added to a form, moved, copied or removed: seen at once, and kept by the server?
import { announce, toast } from '../../../runtime/web/assets/src/shell/toast';
import { askJson } from '../../../runtime/web/assets/src/net';
import { word } from '../../../runtime/web/assets/src/words';
import { choose, chosenNow, send, type Edit, type Target } from '../design/edits';
import {
  chooserOf,
  freeId,
  itemAt,
  itemsIn,
  labelOf,
  listOf,
  listTarget,
  nameOf,
  nextItem,
  readdress,
  targetOf,
} from './items';
import { remove as takeAway } from '../design/removing';
import { named, settled, uncover } from './tabs';

export interface Seed {
  type?: string;
  label: string;
  [key: string]: unknown;
}

export interface Spot {
  list: HTMLElement;
  next: HTMLElement | null;
}

export function spotOf(item: HTMLElement): Spot | null {
  const list = listOf(item);
  return list && { list, next: nextItem(item) };
}

export function put(item: HTMLElement, { list, next }: Spot): void {
  list.insertBefore(item, next?.parentElement === list ? next : null);
  if (listOf(item)?.dataset['takes'] !== 'tab') uncover(item);
  readdress(item);
}

export function ordinal(item: HTMLElement): number {
  const list = listOf(item);
  return list ? itemsIn(list).indexOf(item) + 1 : 0;
}

// The item stands where it was put already; `from` is where it came from.
export async function moved(item: HTMLElement, from: Spot): Promise<void> {
  const to = spotOf(item);
  if (!to || (to.list === from.list && to.next === from.next)) return;
  const target: Target = [...listTarget(from.list), nameOf(item)];
  readdress(item);
  const before = to.next ? nameOf(to.next) : null;
  const edits: Edit[] = [
    ...(to.list.dataset['takes'] === 'tab' ? settled(nameOf(firstBefore(item, from))) : []),
    { op: 'move', target, into: listTarget(to.list), before },
    ...named(item, from.list, to.list),
  ];
  const where = { name: labelOf(item), place: labelOf(to.list), n: ordinal(item) };
  announce(word('moved', where));
  const stays = JSON.stringify(chosenNow()) === JSON.stringify(target);
  if (!(await send(edits, stays ? { chosen: targetOf(item) } : {})).rev) put(item, from);
}

// What stood first in a list before an item came to where it stands now.
function firstBefore(item: HTMLElement, from: Spot): HTMLElement | undefined {
  const others = itemsIn(from.list).filter((each) => each !== item);
  return from.next === others[0] ? item : others[0];
}

export async function addField(seed: Seed, { list, next }: Spot): Promise<void> {
  const column = list.dataset['takes'] === 'column';
  const { type = 'text', ...rest } = seed;
  const id = column ? freeId(type, list) : freeId(type);
  const shadow = column ? null : placeholder(`at-${id}`, 'design-field is-new', id, seed.label);
  if (shadow) list.insertBefore(shadow, next);
  const target = listTarget(list);
  const before = next ? nameOf(next) : null;
  const edit: Edit = { op: 'add', target, value: { id, type, ...rest }, before };
  await added([edit], [...target, id], seed.label, shadow);
}

export async function addSection(seed: Seed, { list, next }: Spot): Promise<void> {
  const all = document.querySelectorAll('[data-takes=section] > [data-item]');
  const taken = [...all].map(nameOf);
  let n = taken.length + 1;
  while (taken.includes(`section_${n}`)) n += 1;
  const id = `section_${n}`;
  const shadow = placeholder(`section-${id}`, 'design-part is-new', id, seed.label);
  list.insertBefore(shadow, next);
  const target = listTarget(list);
  const tab = list.dataset['tab'] ? { tab: list.dataset['tab'] } : {};
  const edit: Edit = { op: 'add', target, value: { id, ...tab, ...seed }, before: next ? nameOf(next) : null };
  await added([edit], [...target, id], seed.label, shadow);
}

async function added(edits: Edit[], chosen: Target, label: string, shadow: HTMLElement | null) {
  const answer = await send(edits, { chosen });
  if (!answer.rev) {
    shadow?.remove();
    return;
  }
  announce(word('added', { name: label }));
  focusOn(itemAt(chosen));
}

function focusOn(item: HTMLElement | null): void {
  item?.scrollIntoView({ block: 'nearest' });
  if (item) chooserOf(item)?.focus({ preventScroll: true });
}

function placeholder(id: string, look: string, name: string, label: string): HTMLElement {
  const shadow = document.createElement('div');
  shadow.id = id;
  shadow.className = look;
  shadow.dataset['item'] = name;
  shadow.dataset['label'] = label;
  shadow.setAttribute('aria-busy', 'true');
  return shadow;
}

export async function remove(items: HTMLElement[]): Promise<void> {
  const [first] = items;
  if (!first) return;
  if (first.matches('.design-part') && document.querySelectorAll('.design-part').length < 2) {
    toast(word('lastPart'), 'red');
    return;
  }
  const follows = nextItem(first) ?? (first.previousElementSibling as HTMLElement | null);
  for (const item of items) item.classList.add('is-leaving');
  const name = items.map(labelOf).join('、');
  const gone = await takeAway(items.map(targetOf), name);
  for (const item of items) {
    if (gone) item.remove();
    else item.classList.remove('is-leaving');
  }
  if (!gone) return;
  const said = items.length > 1 ? word('manyRemoved', { n: items.length }) : word('removed', { name: labelOf(first) });
  announce(said);
  toast(said, 'grey');
  if (follows?.isConnected && nameOf(follows)) chooserOf(follows)?.focus();
}

interface Copied {
  edits: Edit[];
  chosen: Target;
  form: string;
}

// A copy is put together by the server, which knows all that a field says.
export async function copy(items: HTMLElement[], to = ''): Promise<void> {
  const base = document.getElementById('design')?.dataset['copyUrl'];
  const fields = items.map((item) => targetOf(item));
  const asked = new URLSearchParams({ to, fields: JSON.stringify(fields) });
  const { edits, chosen, form } = await askJson<Copied>(`${base}?${asked}`);
  const answer = await send(edits, to ? {} : { chosen });
  if (!answer.rev) return;
  const said = to ? word('copiedTo', { n: items.length, form }) : word('added', { name: labelOf(items[0]) });
  announce(said);
  if (to) toast(said);
  else focusOn(itemAt(chosen));
}

export function chooseItem(item: HTMLElement): void {
  void choose(targetOf(item));
}
