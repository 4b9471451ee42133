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
