// How wide is the sheet that a form is designed on: as on a desk, or as on a phone?

const KEPT = 'design-width';

function wear(width: string): void {
  document.getElementById('paper')?.classList.toggle('design-paper--phone', width === 'phone');
  for (const button of document.querySelectorAll<HTMLElement>('[data-width]')) {
    button.setAttribute('aria-pressed', String(button.dataset['width'] === width));
  }
}

document.addEventListener('click', (event) => {
  const button = (event.target as Element | null)?.closest?.<HTMLElement>('[data-width]');
  const width = button?.dataset['width'];
  if (!width) return;
  wear(width);
  window.sessionStorage.setItem(KEPT, width);
});

if (document.querySelector('[data-width]')) wear(window.sessionStorage.getItem(KEPT) ?? 'desktop');
