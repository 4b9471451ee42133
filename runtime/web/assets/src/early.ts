// What becomes of a click that comes before the modules of its page? It is done once they are there.
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
  document.addEventListener('click', note, true);
  document.addEventListener('DOMContentLoaded', () => {
    document.removeEventListener('click', note, true);
    if (missed?.isConnected) missed.click();
  });
}
