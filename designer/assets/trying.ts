// How does a page on which a draft is tried follow what is done in the background?
const EVERY = 900;
const LIVE = 'try-live';

async function follow(): Promise<void> {
  const shown = document.getElementById(LIVE);
  if (!shown?.hasAttribute('data-waiting')) return;
  try {
    const answer = await fetch(window.location.href, { headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.getElementById(LIVE);
    if (answer.ok && fresh) shown.replaceWith(document.importNode(fresh, true));
    search();
  } catch {
    // The server may be away for a moment; it is asked again.
  }
  window.setTimeout(() => void follow(), EVERY);
}

function search(): void {
  const wanted = document.querySelector<HTMLInputElement>('[data-try-search]')?.value.trim() ?? '';
  for (const file of document.querySelectorAll<HTMLElement>('[data-try-file]')) {
    const listed = [...file.querySelectorAll<HTMLElement>('[data-try-one]')];
    for (const one of listed) {
      one.hidden = !(one.textContent ?? '').toLowerCase().includes(wanted.toLowerCase());
    }
    file.hidden = listed.every((one) => one.hidden);
  }
}

document.addEventListener('input', (event) => {
  if ((event.target as Element | null)?.matches?.('[data-try-search]')) search();
});

document.addEventListener('keydown', (event) => {
  const field = event.target as Element | null;
  if (event.key === 'Enter' && field?.matches?.('[data-try-search]')) event.preventDefault();
});

window.setTimeout(() => void follow(), EVERY);

// What somebody does on the page inside is told beside it, whether that page is left or not.
const LISTENING = /\/(live|suggest|count|check|choices)(\?|$)/;
let telling = 0;

function inside(): HTMLIFrameElement | null {
  return document.querySelector<HTMLIFrameElement>('#try-frame');
}

function placeOf(frame: HTMLIFrameElement): string {
  const here = frame.contentWindow?.location;
  const prefix = frame.dataset['prefix'] ?? '';
  return here?.pathname.startsWith(prefix) ? here.pathname.slice(prefix.length) + here.search : '';
}

async function tell(): Promise<void> {
  const frame = inside();
  const at = frame ? placeOf(frame) : '';
  if (!at) return;
  const address = new URL(window.location.href);
  address.search = new URLSearchParams({ at }).toString();
  const open = document.querySelector<HTMLAnchorElement>('[data-try-open]');
  if (open) open.href = (frame?.dataset['prefix'] ?? '') + at;
  window.history.replaceState(null, '', address);
  const answer = await fetch(address, { headers: { Accept: 'text/html' } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const id of ['try-clock', 'try-beside']) {
    const fresh = page.getElementById(id);
    const shown = document.getElementById(id);
    const busy = shown?.contains(document.activeElement) && shown.querySelector('details[open]');
    if (fresh && shown && !busy && !begun(shown)) shown.replaceWith(document.importNode(fresh, true));
  }
}

// What somebody has begun to write must not be lost because the page inside went on.
function begun(part: HTMLElement): boolean {
  const boxes = part.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
  return [...boxes].some((box) => box.value !== box.defaultValue);
}

function soon(): void {
  window.clearTimeout(telling);
  telling = window.setTimeout(() => void tell(), 150);
}

function watch(frame: HTMLIFrameElement): void {
  const view = frame.contentWindow as (Window & typeof globalThis) | null;
  if (!view) return;
  soon();
  new view.PerformanceObserver((found) => {
    const asked = found.getEntries().filter((one) => /fetch|xmlhttp/.test((one as PerformanceResourceTiming).initiatorType));
    if (asked.some((one) => !LISTENING.test(one.name))) soon();
  }).observe({ type: 'resource' });
}

document.addEventListener('load', (event) => {
  if (event.target === inside()) watch(event.target as HTMLIFrameElement);
}, true);

if (inside()?.contentDocument?.readyState === 'complete') watch(inside() as HTMLIFrameElement);
