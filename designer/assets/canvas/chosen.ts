// Which thing on the canvas is chosen, with its tools beside it, and which are chosen together?
import { word } from '../../../runtime/web/assets/src/words';
import type { Target } from '../design/edits';
import { chooserOf, isField, itemAt } from './items';
import { uncover } from './tabs';

const tools = document.querySelector<HTMLTemplateElement>('#item-tools')?.content.firstElementChild;
const bar = document.getElementById('many');
const many = new Set<HTMLElement>();
let now: Target | null = null;

export function current(): HTMLElement | null {
  return now ? itemAt(now) : null;
}

export function together(): HTMLElement[] {
  for (const item of many) if (!item.isConnected) many.delete(item);
  const all = document.querySelectorAll<HTMLElement>('[data-takes=field] > [data-item]');
  return [...all].filter((item) => many.has(item));
}

export function markChosen(target: Target | null): void {
  const another = JSON.stringify(target) !== JSON.stringify(now);
  now = target;
  document.querySelector('.design')?.classList.toggle('has-chosen', target !== null);
  for (const each of document.querySelectorAll('.is-chosen')) each.classList.remove('is-chosen');
  for (const each of document.querySelectorAll('[data-canvas] [aria-current]')) each.removeAttribute('aria-current');
  const item = current();
  if (!item) {
    markPaper(target);
    tools?.remove();
    return;
  }
  item.classList.add('is-chosen');
  if (another) uncover(item);
  chooserOf(item)?.setAttribute('aria-current', 'true');
  if (tools) chooserOf(item)?.after(tools);
  for (const one of tools?.querySelectorAll<HTMLElement>('[data-tool]') ?? []) {
    const { tool } = one.dataset;
    one.hidden = (tool === 'mark' && !isField(item)) || (tool === 'copy' && item.matches('.design-tab'));
  }
}

function markPaper(target: Target | null): void {
  const paper = document.querySelector<HTMLElement>('#paper-head [data-choose]');
  if (target && paper?.dataset['choose'] === JSON.stringify(target)) paper.setAttribute('aria-current', 'true');
}

export function toggle(item: HTMLElement, on = !many.has(item)): void {
  if (!isField(item)) return;
  if (on) many.add(item);
  else many.delete(item);
  showTogether();
}

export function clearTogether(): void {
  many.clear();
  showTogether();
}

export function showTogether(): void {
  const items = together();
  for (const each of document.querySelectorAll('.is-together')) each.classList.remove('is-together');
  for (const item of items) item.classList.add('is-together');
  if (!bar) return;
  bar.hidden = items.length === 0;
  const count = bar.querySelector('[data-many-count]');
  if (count) count.textContent = word('many', { n: items.length });
}
