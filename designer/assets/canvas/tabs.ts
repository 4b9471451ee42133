// On which tab of the form does one work: its sections are seen, and new ones come to it?
import { word } from '../../../runtime/web/assets/src/words';
import { send, type Edit, type Target } from '../design/edits';
import { freeName, itemOf, itemsIn, listTarget, nameOf } from './items';

const RESTING = 450;
let open = '';

const lists = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-takes=section]')];

const onTab = (id: string): HTMLElement | undefined => lists().find((list) => list.dataset['tab'] === id);

// The list of sections that is seen.
export function pageNow(): HTMLElement | null {
  return lists().find((list) => !list.hidden) ?? lists()[0] ?? null;
}

export function tabNow(): string {
  return pageNow()?.dataset['tab'] ?? '';
}

export function openTab(id: string): void {
  if (!onTab(id)) return;
  open = id;
  for (const list of lists()) list.hidden = list.dataset['tab'] !== id;
  for (const tab of document.querySelectorAll('.design-tab')) tab.classList.toggle('is-current', nameOf(tab) === id);
}

// After the page was drawn anew, the tab one was on is open again.
export function keepTab(): void {
  if (open && onTab(open)) openTab(open);
  else open = tabNow();
}

// Something on a tab that is not seen is brought into sight; a tab itself is opened.
export function uncover(item: Element | null): void {
  if (!item) return;
  if (item.matches('.design-tab')) openTab(nameOf(item));
  const list = item.closest<HTMLElement>('[data-takes=section]');
  if (list?.hidden) openTab(list.dataset['tab'] ?? '');
}

const sections = (): HTMLElement[] => lists().flatMap(itemsIn);

const tabKey = (section: HTMLElement): Target => [
  ...listTarget(section.closest('[data-list]')!), nameOf(section), 'tab',
];

// Sections that name no tab stand on the first: before another one becomes the first, they name it.
export function settled(first: string): Edit[] {
  return sections()
    .filter((section) => !section.dataset['onTab'])
    .map((section) => ({ op: 'set', target: tabKey(section), value: first }));
}

// What must be said too when a section comes to stand on another tab.
export function named(section: HTMLElement, from: HTMLElement, to: HTMLElement): Edit[] {
  const tab = to.dataset['tab'];
  if (!tab || tab === from.dataset['tab']) return [];
  return [{ op: 'set', target: tabKey(section), value: tab }];
}

export async function addTab(button: HTMLElement): Promise<void> {
  const strip = document.querySelector<HTMLElement>('[data-takes=tab]');
  const tabs = strip ? listTarget(strip) : (JSON.parse(button.dataset['tabs'] ?? '[]') as Target);
  const taken = strip ? itemsIn(strip).map(nameOf) : [];
  const names = strip ? [freeName('tab', taken)] : ['tab_1', 'tab_2'];
  const edits: Edit[] = names.map((id, at) => ({
    op: 'add', target: tabs, value: { id, label: word('newTab', { n: taken.length + at + 1 }) }, before: null,
  }));
  const first = names[0] ?? '';
  if (!strip) edits.push(...settled(first));
  open = first;
  const answer = await send(edits, { chosen: [...tabs, first] });
  if (answer.rev) document.querySelector<HTMLElement>('.design-tab.is-chosen [data-choose]')?.focus();
}

// Whoever rests on a tab while carrying something gets to its page.
export function openWhileCarrying(): void {
  let over: Element | null = null;
  let timer = 0;
  document.addEventListener('pointermove', (event) => {
    const dragging = document.body.classList.contains('is-dragging');
    const under = dragging ? document.elementsFromPoint(event.clientX, event.clientY) : [];
    const tab = under.map((each) => each.closest('.design-tab')).find((each) => each !== null) ?? null;
    if (tab === over) return;
    over = tab;
    window.clearTimeout(timer);
    if (tab && itemOf(tab)) timer = window.setTimeout(() => openTab(nameOf(tab)), RESTING);
  });
}
