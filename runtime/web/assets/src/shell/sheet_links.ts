// Which links open as a sheet over the page instead of as a page of their own?

export function sheetLinks(): void {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const link = target?.closest<HTMLElement>('[data-sheet]');
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
    const url = link.dataset['sheet'] || link.getAttribute('href');
    if (!url) return;
    event.preventDefault();
    // Without the script (a page left open over an upgrade) the same question is a page of its own.
    void import('../sheet').then(
      ({ openSheet }) => openSheet(url),
      () => window.location.assign(url),
    );
  });

  // A phrase goes where the opinion is written; pressed again it is not written twice.
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const phrase = target?.closest<HTMLElement>('[data-phrase]');
    const text = phrase?.textContent?.trim();
    const box = document.getElementById(phrase?.dataset['phrase'] ?? '');
    if (!text || !(box instanceof HTMLTextAreaElement) || box.value.includes(text)) return;
    box.value = box.value.trim() ? `${box.value.trimEnd()} ${text}` : text;
    box.focus();
  });
}
