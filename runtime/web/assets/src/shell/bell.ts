// How does the bell know of new messages, and what is read by being opened?
import { token } from '../net';

const EVERY = 20_000;

export function bell(): void {
  const place = document.querySelector<HTMLElement>('[data-bell]');
  if (!place) return;
  document.addEventListener('click', readByOpening);
  document.addEventListener('auxclick', readByOpening);
  document.addEventListener('visibilitychange', () => void look(place));
  window.setInterval(() => void look(place), EVERY);
}

async function look(place: HTMLElement): Promise<void> {
  if (document.visibilityState !== 'visible') return;
  try {
    const answer = await fetch('/notices/count', { headers: { 'X-Panel': '1' } });
    if (answer.ok) ring(place, ((await answer.json()) as { unread: number }).unread);
  } catch {
    // Away from the network the number stays as it was.
  }
}

function ring(place: HTMLElement, unread: number): void {
  const mark = place.querySelector<HTMLElement>('[data-bell-count]');
  if (!mark) return;
  mark.hidden = unread === 0;
  mark.textContent = unread > 99 ? '99+' : String(unread);
  const words = place.dataset[unread ? 'labelSome' : 'labelNone'] ?? '';
  place.setAttribute('aria-label', words.replace('{n}', String(unread)));
}

function readByOpening(event: Event): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-read]') : null;
  const url = link?.dataset['read'];
  if (!link || !url) return;
  delete link.dataset['read'];
  link.closest('.notice')?.classList.remove('notice--unread');
  // The page may be left at once; the request goes out all the same.
  void fetch(url, {
    method: 'POST',
    keepalive: true,
    headers: { 'X-Panel': '1', 'X-CSRFToken': token() },
  });
}
