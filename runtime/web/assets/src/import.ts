// How does a file come onto the import page, and which questions are asked there?

function takeFile(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type=file]');
  const zone = form.querySelector<HTMLElement>('.dropzone');
  const name = form.querySelector<HTMLElement>('[data-file-name]');
  if (!input || !zone || !name) return;
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file) name.textContent = file.name;
  });
  zone.addEventListener('dragover', (event) => {
    event.preventDefault();
    zone.classList.add('is-over');
  });
  zone.addEventListener('dragleave', () => zone.classList.remove('is-over'));
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    zone.classList.remove('is-over');
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event('change'));
  });
}

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
