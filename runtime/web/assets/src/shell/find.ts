// How is the search box of the top bar reached and walked through by keyboard?
import { htmx } from './requests';

function hits(list: HTMLElement): HTMLElement[] {
  return Array.from(list.querySelectorAll<HTMLElement>('[role=option]'));
}

function hrefOf(list: HTMLElement): string | null {
  return list.querySelector('.is-picked')?.getAttribute('href') ?? null;
}

function pick(input: HTMLInputElement, list: HTMLElement, by: number): void {
  const all = hits(list);
  const now = all.findIndex((hit) => hit.classList.contains('is-picked'));
  mark(input, all, all[(now + by + all.length) % all.length]);
}

// What was picked among what was found for half the text stays so if it is still there.
function pickAgain(input: HTMLInputElement, list: HTMLElement, href: string | null): void {
  const all = hits(list);
  const same = href && all.find((hit) => hit.getAttribute('href') === href);
  if (same) mark(input, all, same);
}

function mark(input: HTMLInputElement, all: HTMLElement[], next: HTMLElement | undefined): void {
  for (const hit of all) {
    hit.classList.toggle('is-picked', hit === next);
    hit.setAttribute('aria-selected', String(hit === next));
  }
  next?.scrollIntoView({ block: 'nearest' });
  if (next) input.setAttribute('aria-activedescendant', next.id);
}

function shown(input: HTMLInputElement, list: HTMLElement, on: boolean): void {
  list.hidden = !on;
  input.setAttribute('aria-expanded', String(on));
  if (!on) input.removeAttribute('aria-activedescendant');
}

function typingSomewhere(): boolean {
  const at = document.activeElement;
  return at instanceof HTMLElement && (at.matches('input, textarea, select') || at.isContentEditable);
}

export function find(): void {
  const input = document.querySelector<HTMLInputElement>('#find');
  const list = document.querySelector<HTMLElement>('#find-results');
  if (!input || !list) return;
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || typingSomewhere()) return;
    if (document.querySelector('dialog[open]')) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  let picked: string | null = null;
  // What is found comes by htmx, which then hears of the focus that it missed.
  const begin = () => void htmx().then(({ trigger }) => trigger(input, 'focus', {}));
  input.addEventListener('focus', begin, { once: true });
  list.addEventListener('htmx:beforeSwap', () => (picked = hrefOf(list)));
  list.addEventListener('htmx:afterSwap', () => shown(input, list, list.childElementCount > 0));
  list.addEventListener('htmx:afterSettle', () => pickAgain(input, list, picked));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      pick(input, list, event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Escape') {
      shown(input, list, false);
    } else if (event.key === 'Enter') {
      const picked = list.querySelector<HTMLAnchorElement>('.is-picked');
      if (picked && !list.hidden) {
        event.preventDefault();
        window.location.assign(picked.href);
      }
    }
  });
  document.addEventListener('click', (event) => {
    if (event.target instanceof Element && !event.target.closest('.find')) shown(input, list, false);
  });
  document.addEventListener('focusin', (event) => {
    if (event.target instanceof Element && !event.target.closest('.find')) shown(input, list, false);
  });
}
