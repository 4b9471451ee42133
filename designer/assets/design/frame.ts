// As wide as on a desk or as on a phone, as whom, with what: how is a form looked at?

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

document.addEventListener('change', (event) => {
  const choice = (event.target as Element | null)?.closest?.<HTMLSelectElement>('[data-send]');
  choice?.form?.submit();
});

if (document.querySelector('[data-width]')) wear(window.sessionStorage.getItem(KEPT) ?? 'desktop');
