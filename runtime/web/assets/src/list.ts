// How are records of a list picked, and what happens to those that were?
import { closeAll } from './shell/dropdown';
import './shell/refill';
import { word } from './words';

function boxes(): HTMLInputElement[] {
  return Array.from(document.querySelectorAll<HTMLInputElement>('[data-pick]'));
}

function shownBoxes(): HTMLInputElement[] {
  return boxes().filter((box) => box.offsetParent !== null);
}

function picked(): string[] {
  return [...new Set(boxes().filter((box) => box.checked).map((box) => box.value))];
}

// All that the list shows, its other pages too: what that is, the server finds out.
function everything(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-pick-everything][hidden]');
}

function pickEverything(on: boolean): void {
  const button = document.querySelector<HTMLElement>('[data-pick-everything]');
  if (button) button.hidden = on;
}

function asked(): string {
  const query = everything()?.dataset['query'];
  return query ?? new URLSearchParams(picked().map((id) => ['id', id])).toString();
}

function refresh(): void {
  const ids = picked();
  const bar = document.querySelector<HTMLElement>('[data-bulk]');
  if (!bar) return;
  bar.hidden = ids.length === 0;
  const count = bar.querySelector('[data-bulk-count]');
  const n = everything()?.dataset['count'] ?? ids.length;
  if (count) count.textContent = word('picked', { n });
  for (const box of boxes()) box.closest('tr, .row-card')?.classList.toggle('is-picked', box.checked);
  const all = document.querySelector<HTMLInputElement>('[data-pick-all]');
  if (!all) return;
  const shown = shownBoxes();
  all.checked = shown.length > 0 && shown.every((box) => box.checked);
  all.indeterminate = !all.checked && ids.length > 0;
}

function setAll(on: boolean): void {
  pickEverything(false);
  for (const box of shownBoxes()) box.checked = on;
  if (!on) for (const box of boxes()) box.checked = false;
  refresh();
}

// Each record stands twice, as a row and as a card of the phone: both know that it is picked.
function mirror(box: HTMLInputElement): void {
  for (const other of boxes()) if (other.value === box.value) other.checked = box.checked;
}

document.addEventListener('change', (event) => {
  const box = event.target;
  if (box instanceof HTMLElement && box.matches('[data-send]')) {
    (box as HTMLInputElement).form?.requestSubmit();
  }
  if (!(box instanceof HTMLInputElement)) return;
  if (box.matches('[data-pick-all]')) setAll(box.checked);
  else if (box.matches('[data-pick]')) {
    pickEverything(false);
    mirror(box);
    refresh();
  }
});

let last: HTMLInputElement | null = null;

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  if (target instanceof HTMLInputElement && target.matches('[data-pick]')) {
    if (event.shiftKey && last) range(last, target);
    last = target;
  }
  if (target.closest('[data-unpick]')) setAll(false);
  if (target.closest('[data-pick-everything]')) {
    setAll(true);
    pickEverything(true);
    refresh();
    document.querySelector<HTMLElement>('[data-unpick]')?.focus();
  }
  if (target.closest('[data-picking]')) {
    document.querySelector('[data-rows]')?.classList.toggle('is-picking');
  }
  const bulk = target.closest<HTMLElement>('[data-bulk-url]');
  if (bulk) {
    const url = `${bulk.dataset['bulkUrl']}?${asked()}`;
    void import('./sheet').then(({ openSheet }) => openSheet(url));
  }
});

function range(from: HTMLInputElement, to: HTMLInputElement): void {
  const shown = shownBoxes();
  const [a, b] = [shown.indexOf(from), shown.indexOf(to)];
  if (a < 0 || b < 0) return;
  for (const box of shown.slice(Math.min(a, b), Math.max(a, b) + 1)) {
    box.checked = to.checked;
    mirror(box);
  }
  refresh();
}

// A click anywhere on a row opens the record, as long as nothing else is meant by it.
document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const row = target?.closest<HTMLElement>('tr[data-href]');
  if (!row || !target || event.defaultPrevented) return;
  if (target.closest('a, button, input, label, .dropdown')) return;
  if (window.getSelection()?.toString()) return;
  window.location.assign(row.dataset['href'] ?? '');
});

// What was done to many records shows in the list once its results were read.
document.addEventListener(
  'close',
  (event) => {
    const dialog = event.target instanceof HTMLDialogElement ? event.target : null;
    if (dialog?.querySelector('[data-results]')) window.location.reload();
  },
  true,
);

// With more views than fit, the one that shows is not left behind the edge.
function showView(): void {
  const tab = document.querySelector('.tabs [aria-current]');
  tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

document.addEventListener('htmx:afterSettle', () => {
  last = null;
  refresh();
  showView();
});
document.addEventListener('htmx:beforeSwap', () => closeAll());
refresh();
showView();
