// How can a choice that was made by radio buttons be taken back?
import { changed } from './changed';

export function installChoices(group: HTMLElement): void {
  let before: HTMLInputElement | null = group.querySelector('input:checked');
  group.addEventListener('change', () => light(group));
  group.addEventListener('click', (event) => {
    const radio = event.target;
    if (!(radio instanceof HTMLInputElement) || radio.type !== 'radio') return;
    window.setTimeout(() => light(group));
    if (radio === before && group.dataset['optional'] === 'yes') {
      radio.checked = false;
      before = null;
      changed(radio);
    } else {
      before = radio;
    }
  });
  group.addEventListener('keydown', (event) => {
    const clears = event.key === 'Delete' || event.key === 'Backspace';
    if (!clears || group.dataset['optional'] !== 'yes' || !before) return;
    before.checked = false;
    changed(before);
    before = null;
    light(group);
  });
}

// Points up to the chosen one are lit; the style sheet dims those after it.
function light(group: HTMLElement): void {
  const chosen = group.querySelector('input:checked')?.closest('.rating__star');
  for (const star of group.querySelectorAll('.rating__star')) {
    star.classList.toggle('is-chosen', star === chosen);
  }
  group.classList.toggle('is-empty', !chosen);
}

// A colour is picked or typed; each follows the other.
export function installColour(pick: HTMLElement): void {
  const text = document.getElementById(pick.dataset['for'] ?? '');
  if (!(pick instanceof HTMLInputElement) || !(text instanceof HTMLInputElement)) return;
  pick.addEventListener('input', () => {
    text.value = pick.value.toUpperCase();
    changed(text);
  });
  text.addEventListener('input', () => {
    if (/^#[0-9a-f]{6}$/i.test(text.value)) pick.value = text.value.toLowerCase();
  });
}
