// How is work in the background watched until it has ended?
import { ask } from './net';

const FIRST = 250;
const LONGEST = 2000;

export function installJob(place: HTMLElement): void {
  if (!place.hasAttribute('data-open')) return;
  void watch(place, place.closest('[data-take-file]') !== null);
}

async function watch(place: HTMLElement, takeFile: boolean): Promise<void> {
  const url = place.dataset['job'] ?? '';
  let shown = place;
  for (let pause = FIRST; ; pause = Math.min(pause * 1.3, LONGEST)) {
    await new Promise((resolve) => window.setTimeout(resolve, pause));
    // Closed with its dialog, or gone with its page: the list of tasks knows.
    if (!shown.isConnected) return;
    const html = await ask(url).then(
      (answer) => (answer.ok ? answer.text() : null),
      () => null,
    );
    if (html === null) continue;
    shown = replaced(shown, html);
    if (!shown.hasAttribute('data-open')) break;
  }
  const file = shown.dataset['file'];
  if (file && takeFile) window.location.assign(file);
  const view = shown.dataset['view'];
  if (view && takeFile) look(shown, view);
  if (shown.classList.contains('job--done')) goOn(shown);
}

// What somebody waited for is there: they go on where they wanted to.
function goOn(shown: HTMLElement): void {
  const form = shown.closest<HTMLElement>('[data-job-submit]')?.dataset['jobSubmit'];
  const wanted = form ? document.getElementById(form) : null;
  if (wanted instanceof HTMLFormElement) wanted.requestSubmit();
  const go = shown.closest<HTMLElement>('[data-job-go]')?.dataset['jobGo'];
  const link = shown.querySelector<HTMLAnchorElement>('a[data-job-link]')?.href;
  const there = go === 'link' ? link : (link ?? go);
  if (there) window.location.assign(there);
}

// What a browser can show comes up right there, below the line that says what it is.
function look(shown: HTMLElement, url: string): void {
  const frame = document.createElement('iframe');
  frame.src = url;
  frame.className = 'preview-body';
  frame.title = shown.querySelector('.job__title')?.textContent ?? '';
  shown.after(frame);
  shown.closest('dialog')?.classList.add('preview');
}

function replaced(shown: HTMLElement, html: string): HTMLElement {
  const parsed = new DOMParser().parseFromString(html, 'text/html').querySelector('.job');
  if (!(parsed instanceof HTMLElement)) return shown;
  parsed.dataset['ready'] = 'yes';
  shown.replaceWith(document.adoptNode(parsed));
  return parsed;
}
