// How does a file come onto the import page, and which questions are asked there?
import { takeFile } from './fields/sheet_file';

function askForKey(modes: HTMLElement): void {
  const asked = document.querySelector<HTMLElement>('[data-import-key]');
  const show = (): void => {
    const mode = modes.querySelector<HTMLInputElement>('input:checked')?.value;
    if (asked) asked.hidden = mode === 'create';
  };
  modes.addEventListener('change', show);
  show();
}

function goToSheet(form: HTMLFormElement): void {
  form.querySelector<HTMLElement>('[data-go]')?.setAttribute('hidden', '');
  form.querySelector('select')?.addEventListener('change', () => form.requestSubmit());
}

for (const form of document.querySelectorAll<HTMLFormElement>('[data-import-file]')) takeFile(form);
for (const modes of document.querySelectorAll<HTMLElement>('[data-import-mode]')) askForKey(modes);
for (const form of document.querySelectorAll<HTMLFormElement>('[data-import-sheet]')) goToSheet(form);
