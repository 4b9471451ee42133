// What becomes of a click or a choice that comes before the modules of its page? They hear of it.
//
// Loaded with the head of each page, before anything is seen that could be clicked.
{
  const OF_SHELL = '[data-dropdown], [data-theme-switch]';
  let missed: HTMLElement | null = null;

  const isOpenedBeside = (event: MouseEvent): boolean => event.ctrlKey || event.metaKey || event.shiftKey;

  const note = (event: MouseEvent): void => {
    const here = event.target instanceof Element ? event.target : null;
    const button = here?.closest<HTMLElement>('button[type=button], [role=tab], a[hx-get]') ?? null;
    // The shell, which comes first, has done its own already.
    const done = document.documentElement.dataset['shell'] !== undefined && button?.closest(OF_SHELL);
    missed = done ? null : button;
    // What would be put into the page must not take its place.
    if (button?.matches('a') && event.cancelable && !isOpenedBeside(event)) event.preventDefault();
  };
  const chosen = new Set<EventTarget>();
  const keep = ({ target }: Event): void => void (target && chosen.add(target));
  document.addEventListener('click', note, true);
  document.addEventListener('change', keep, true);
  document.addEventListener('DOMContentLoaded', () => {
    document.removeEventListener('click', note, true);
    document.removeEventListener('change', keep, true);
    for (const each of chosen) each.dispatchEvent(new Event('change', { bubbles: true }));
    if (missed?.isConnected) missed.click();
  });
}
