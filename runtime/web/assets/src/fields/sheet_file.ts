// How does one file come into a form: chosen, or dropped where it says so?
export function takeFile(form: HTMLFormElement): void {
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
