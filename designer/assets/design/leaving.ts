// What becomes of edits that are on their way when somebody goes on to another page? They arrive first.
import { arrived, isKeeping } from './edits';

const BUSY = 'is-loading';

function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
  const stays = !link || link.target || link.hasAttribute('download') || link.getAttribute('href')?.startsWith('#');
  return plain && !stays ? link : null;
}

// Who was refused something is told so, and stays.
async function afterwards(go: () => void): Promise<void> {
  const { classList } = document.documentElement;
  classList.add(BUSY);
  const well = await arrived();
  classList.remove(BUSY);
  if (well) go();
}

export function listenToLeaving(): void {
  document.addEventListener('click', (event) => {
    const link = event.defaultPrevented || !isKeeping() ? null : linkOf(event);
    if (!link) return;
    event.preventDefault();
    void afterwards(() => window.location.assign(link.href));
  });
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || !isKeeping() || form.method === 'dialog') return;
    event.preventDefault();
    const button = event.submitter;
    void afterwards(() => form.requestSubmit(button instanceof HTMLButtonElement ? button : undefined));
  });
  window.addEventListener('beforeunload', (event) => {
    if (isKeeping()) event.preventDefault();
  });
}
