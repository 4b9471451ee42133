// How are files dropped, chosen or photographed, uploaded, shown and taken away?
import { Refused, along, onceAgreed, upload, type Uploaded } from '../upload';
import { word } from '../words';
import { changed } from './changed';

export function installFiles(place: HTMLElement): void {
  const inputs = place.querySelectorAll<HTMLInputElement>('input[type=file]');
  const items = place.querySelector<HTMLElement>('.file-items')!;

  for (const input of inputs) {
    // The files go up at once and alone; the form carries their ids only.
    input.removeAttribute('name');
    input.addEventListener('change', (event) => {
      event.stopPropagation();
      take(place, items, input.files);
      input.value = '';
    });
  }
  for (const button of place.querySelectorAll<HTMLButtonElement>('[data-photo]')) {
    if (!navigator.mediaDevices?.getUserMedia) continue;
    button.hidden = false;
    button.addEventListener('click', () => void photograph(place, items));
  }
  place.addEventListener('dragover', (event) => {
    event.preventDefault();
    place.classList.add('is-over');
  });
  place.addEventListener('dragleave', () => place.classList.remove('is-over'));
  place.addEventListener('drop', (event) => {
    event.preventDefault();
    place.classList.remove('is-over');
    take(place, items, event.dataTransfer?.files ?? null);
  });
  place.addEventListener('paste', (event) => {
    const files = event.clipboardData?.files;
    if (files?.length) take(place, items, files);
  });
  place.addEventListener('click', (event) => {
    const button = (event.target as Element).closest('.file-remove');
    if (!button) return;
    button.closest('.file-item')?.remove();
    full(place, items);
    inputs[0]?.focus();
    changed(place);
  });
  full(place, items);
}

async function photograph(place: HTMLElement, items: HTMLElement): Promise<void> {
  const { takePhoto } = await import('../photo');
  const photo = await takePhoto();
  if (photo) take(place, items, [photo]);
}

function take(place: HTMLElement, items: HTMLElement, files: Iterable<File> | null): void {
  const most = Number(place.dataset['most'] ?? '0');
  for (const file of files ?? []) {
    if (most === 1) items.replaceChildren();
    if (most > 1 && items.children.length >= most) {
      refuse(items, file.name, word('tooMany', { most }));
      return;
    }
    send(place, items, file);
  }
}

function send(place: HTMLElement, items: HTMLElement, file: File): void {
  const largest = Number(place.dataset['largest'] ?? '0');
  if (largest && file.size > largest) {
    refuse(items, file.name, word('tooLarge', { size: readable(largest) }));
    return;
  }
  const item = row(file.name, readable(file.size));
  const bar = document.createElement('progress');
  bar.max = 1;
  bar.setAttribute('aria-label', word('uploading', { name: file.name }));
  item.append(bar, removeButton(file.name));
  item.dataset['uploading'] = 'yes';
  items.append(item);
  full(place, items);
  const { done, cancel } = upload(place.dataset['url'] ?? '/files', file, along(place), (share) => {
    bar.value = share;
  });
  item.querySelector('.file-remove')?.addEventListener('click', cancel);
  done.then(
    (stored) => arrived(place, item, stored),
    (error: unknown) => {
      delete item.dataset['uploading'];
      bar.remove();
      if (!item.isConnected) return;
      item.classList.add('is-refused');
      const said = error instanceof Refused ? error.message : '';
      item.querySelector('small')!.textContent = said || word('uploadFailed');
      item.querySelector('small')!.setAttribute('role', 'alert');
      // Whoever agrees later need not choose it again.
      onceAgreed(place, () => {
        if (!item.isConnected) return;
        item.remove();
        send(place, items, file);
      });
    },
  );
}

function arrived(place: HTMLElement, item: HTMLElement, stored: Uploaded): void {
  delete item.dataset['uploading'];
  item.querySelector('progress')?.remove();
  const hidden = document.createElement('input');
  hidden.type = 'hidden';
  hidden.name = place.dataset['name'] ?? '';
  hidden.value = stored.id;
  item.prepend(hidden);
  if (/^(png|jpe?g|webp|gif)$/.test(stored.type)) {
    const picture = document.createElement('img');
    picture.src = stored.url;
    picture.alt = stored.name;
    picture.className = 'file-thumb';
    item.querySelector('.file-kind')?.replaceWith(picture);
  }
  item.querySelector('small')!.textContent = readable(stored.size);
  full(place, items(place));
  void whereTaken(place).then(() => changed(place));
}

// A photo that must have been taken near a place carries the position of this moment.
async function whereTaken(place: HTMLElement): Promise<void> {
  const position = document.getElementById(place.dataset['position'] ?? '');
  if (!position) return;
  const { locate } = await import('../position');
  await locate(position);
}

function items(place: HTMLElement): HTMLElement {
  return place.querySelector<HTMLElement>('.file-items')!;
}

function full(place: HTMLElement, list: HTMLElement): void {
  const most = Number(place.dataset['most'] ?? '0');
  place.classList.toggle('is-full', most > 1 && list.children.length >= most);
  place.classList.toggle('is-filled', list.children.length > 0);
}

function row(name: string, text: string): HTMLElement {
  const item = document.createElement('li');
  item.className = 'file-item';
  const kind = document.createElement('span');
  kind.className = 'file-kind';
  kind.setAttribute('aria-hidden', 'true');
  kind.textContent = (name.split('.').pop() ?? '').slice(0, 4).toUpperCase();
  const label = document.createElement('span');
  label.className = 'file-name';
  label.textContent = name;
  const small = document.createElement('small');
  small.textContent = text;
  item.append(kind, label, small);
  return item;
}

function removeButton(name: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'file-remove';
  button.setAttribute('aria-label', word('removeNamed', { name }));
  button.textContent = '×';
  return button;
}

function refuse(items: HTMLElement, name: string, text: string): void {
  const item = row(name, text);
  item.classList.add('is-refused');
  item.querySelector('small')!.setAttribute('role', 'alert');
  item.append(removeButton(name));
  items.append(item);
}

function readable(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${Number((bytes / 1024 / 1024).toFixed(1))} MB`;
}
