// How is a field, a column or a group carried by mouse or finger, also out of the palette?
import { BY_HAND, Sortable } from '../../../runtime/web/assets/src/shell/sorting';
import { addField, addSection, moved, spotOf, type Seed, type Spot } from './deeds';
import { bare, listOf, nameOf } from './items';
import { firstChoice } from './palette';

const COMMON = {
  ...BY_HAND,
  ghostClass: 'is-gap',
  dragClass: 'is-carried',
  scroll: true,
  scrollSensitivity: 80,
} as const;

let from: Spot | null = null;
let justDropped = false;

// The click that ends a drag chooses nothing.
export function endsDrag(): boolean {
  return justDropped;
}

function begun(item: HTMLElement): void {
  from = spotOf(item);
  document.body.classList.add('is-dragging');
}

function ended(item: HTMLElement): void {
  document.body.classList.remove('is-dragging');
  bare(item);
  justDropped = true;
  window.setTimeout(() => (justDropped = false), 0);
}

export function makeSortable(list: HTMLElement): void {
  if (Sortable.get(list)) return;
  const kind = list.dataset['takes'] ?? '';
  Sortable.create(list, {
    ...COMMON,
    group: { name: kind, put: (_to, _from, item) => accepts(kind, item, nameOf(item) !== '' ? item : null) },
    draggable: '>[data-item]',
    filter: '.design-tools, [data-add-column]',
    preventOnFilter: false,
    ...(kind === 'section' ? { handle: '.design-part__choose' } : {}),
    onStart: ({ item }) => begun(item),
    onAdd: ({ item }) => {
      if (!nameOf(item)) void dropped(item, kind);
    },
    onEnd: ({ item }) => {
      ended(item);
      if (from && nameOf(item)) void moved(item, from);
    },
  });
}

function accepts(kind: string, item: HTMLElement, own: HTMLElement | null): boolean {
  if (own) return listOf(own)?.dataset['takes'] === kind;
  const type = item.querySelector<HTMLElement>('[data-type]');
  if (kind === 'section') return type?.dataset['type'] === 'section';
  if (type?.dataset['type'] === 'section') return false;
  return kind === 'field' || (kind === 'column' && type?.dataset['cell'] !== undefined);
}

async function dropped(copy: HTMLElement, kind: string): Promise<void> {
  const spot = spotOf(copy);
  const button = copy.querySelector<HTMLElement>('[data-type]');
  copy.remove();
  if (!spot || !button) return;
  const seed = JSON.parse(button.dataset['seed'] ?? '{}') as Seed;
  if (kind === 'section') return addSection(seed, spot);
  const whole = button.dataset['asks'] === undefined ? seed : await firstChoice(button);
  if (whole) await addField(whole, spot);
}

export function makeShelf(shelf: HTMLElement): void {
  Sortable.create(shelf, {
    ...COMMON,
    group: { name: 'shelf', pull: 'clone', put: false },
    sort: false,
    draggable: 'li',
    onStart: () => document.body.classList.add('is-dragging'),
    onEnd: ({ item }) => ended(item),
  });
}

export function makeAllSortable(): void {
  for (const list of document.querySelectorAll<HTMLElement>('[data-canvas] [data-list]')) makeSortable(list);
}
