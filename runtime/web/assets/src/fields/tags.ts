// How are free words collected as chips?
import { changed } from './changed';
import { chip } from './picker';

export function installTags(place: HTMLElement): void {
  const input = place.querySelector<HTMLInputElement>('.tags-input')!;
  const chips = place.querySelector<HTMLElement>('.chips')!;
  const name = place.dataset['name'] ?? '';
  // Without this module the input itself carries the words.
  input.removeAttribute('name');

  const known = () =>
    Array.from(chips.querySelectorAll<HTMLInputElement>('input')).map((hidden) => hidden.value);
  const add = () => {
    for (const text of input.value.split(/[,,、;;\n]/).map((part) => part.trim())) {
      if (text && !known().includes(text)) chips.append(chip(name, { id: text, title: text }));
    }
    input.value = '';
    changed(place);
  };

  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && input.value.trim()) {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && !input.value) {
      chips.lastElementChild?.remove();
      changed(place);
    }
  });
  input.addEventListener('input', (event) => {
    event.stopPropagation();
    if (/[,,、;;]/.test(input.value)) add();
  });
  input.addEventListener('blur', () => input.value.trim() && add());
  place.addEventListener('click', (event) => {
    if (!(event.target as Element).closest('.chip-remove')) return;
    (event.target as Element).closest('.chip')?.remove();
    input.focus();
    changed(place);
  });
}
