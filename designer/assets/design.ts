// How does one walk over the fields of a form, and find a type in the palette?
const NARROW = '(max-width: 1180px)';
const PHONE = '(max-width: 767px)';

const fields = [...document.querySelectorAll<HTMLElement>('[data-choose]')];

function choose(field: HTMLElement): void {
  for (const each of fields) each.toggleAttribute('aria-current', false);
  field.setAttribute('aria-current', 'true');
}

function walk(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  const here = fields.indexOf(event.target as HTMLElement);
  const next = step && here >= 0 ? fields[here + step] : undefined;
  if (!next) return;
  event.preventDefault();
  next.focus();
}

// On a phone the properties stand above the form, so that they are seen at once.
function settle(event: Event): void {
  const swapped = (event as CustomEvent<{ target?: Element }>).detail.target;
  if (swapped?.id !== 'properties') return;
  document.querySelector('.design')?.classList.add('has-chosen');
  const properties = document.getElementById('properties');
  if (properties && window.matchMedia(PHONE).matches) {
    properties.scrollIntoView();
    properties.focus({ preventScroll: true });
  }
}

function findTypes(palette: HTMLElement): void {
  const box = palette.querySelector<HTMLInputElement>('[data-find-type]');
  const nothing = palette.querySelector<HTMLElement>('[data-no-type]');
  box?.addEventListener('input', () => {
    const wanted = box.value.trim().toLowerCase();
    let left = 0;
    for (const group of palette.querySelectorAll<HTMLElement>('.design-palette__group')) {
      let found = 0;
      for (const type of group.querySelectorAll<HTMLElement>('[data-type]')) {
        type.hidden = !`${type.textContent} ${type.dataset['type']}`.toLowerCase().includes(wanted);
        if (!type.hidden) found += 1;
      }
      group.hidden = found === 0;
      left += found;
    }
    if (nothing) nothing.hidden = left > 0;
  });
}

for (const field of fields) {
  field.addEventListener('click', () => choose(field));
  field.addEventListener('keydown', walk);
}
document.addEventListener('htmx:afterSwap', settle);

const palette = document.querySelector<HTMLDetailsElement>('[data-palette]');
if (palette) {
  findTypes(palette);
  palette.open = !window.matchMedia(NARROW).matches;
}
