// How does one find a type of field in the palette, and add one without dragging?
import { ask } from '../../../runtime/web/assets/src/net';
import { current } from './chosen';
import { addField, addSection, type Seed, type Spot } from './deeds';
import { listOf, nextItem } from './items';
import { pageNow } from './tabs';

const NARROW = '(max-width: 1180px)';

export function findTypes(palette: HTMLElement): void {
  const box = palette.querySelector<HTMLInputElement>('[data-find-type]');
  const nothing = palette.querySelector<HTMLElement>('[data-no-type]');
  box?.addEventListener('input', () => {
    const wanted = box.value.trim().toLowerCase();
    let left = 0;
    for (const group of palette.querySelectorAll<HTMLElement>('.design-palette__group')) {
      let found = 0;
      for (const type of group.querySelectorAll<HTMLElement>('li')) {
        const about = type.querySelector<HTMLElement>('[data-type]')?.title ?? '';
        type.hidden = !`${type.textContent} ${about}`.toLowerCase().includes(wanted);
        if (!type.hidden) found += 1;
      }
      group.hidden = found === 0;
      left += found;
    }
    if (nothing) nothing.hidden = left > 0;
  });
}

export function foldOnNarrow(palette: HTMLDetailsElement): void {
  palette.open = !window.matchMedia(NARROW).matches;
}

// Behind what is chosen: a field behind a field, into the group, behind a column.
export function spotForNew(): Spot | null {
  const chosen = current();
  const list = chosen && listOf(chosen);
  if (chosen && list?.dataset['takes'] === 'field') return { list, next: nextItem(chosen) };
  if (chosen && list?.dataset['takes'] === 'column') {
    const lines = list.closest<HTMLElement>('[data-item]');
    const around = lines && listOf(lines);
    if (lines && around) return { list: around, next: nextItem(lines) };
  }
  const inside = chosen?.querySelector<HTMLElement>('[data-takes=field]');
  const all = [...(pageNow()?.querySelectorAll<HTMLElement>('[data-takes=field]') ?? [])];
  const last = inside ?? all[all.length - 1];
  return last ? { list: last, next: null } : null;
}

export async function addByButton(button: HTMLElement, spot: Spot | null): Promise<void> {
  const seed = JSON.parse(button.dataset['seed'] ?? '{}') as Seed;
  if (button.matches('[data-type=section], [data-add-section]')) {
    const sections = pageNow();
    if (sections) await addSection(seed, { list: sections, next: null });
    return;
  }
  const whole = button.dataset['asks'] === undefined ? seed : await firstChoice(button);
  if (whole && spot) await addField(whole, spot);
}

// A field that looks at another form is asked which one, before it is there.
export async function firstChoice(button: HTMLElement): Promise<Seed | null> {
  const dialog = document.querySelector<HTMLDialogElement>('#first-choice');
  const url = document.getElementById('design')?.dataset['firstUrl']?.replace('TYPE', button.dataset['type'] ?? '');
  if (!dialog || !url) return null;
  const answer = await ask(url);
  if (!answer.ok) return null;
  const parsed = new DOMParser().parseFromString(await answer.text(), 'text/html');
  dialog.replaceChildren(...[...parsed.body.childNodes].map((node) => document.adoptNode(node)));
  dialog.returnValue = '';
  dialog.showModal();
  dialog.querySelector<HTMLElement>('select, button')?.focus();
  await new Promise((done) => dialog.addEventListener('close', done, { once: true }));
  const chosen = dialog.querySelector('select')?.value;
  if (dialog.returnValue !== 'add' || !chosen) return null;
  const seed = JSON.parse(button.dataset['seed'] ?? '{}') as Seed;
  return { ...seed, ...(JSON.parse(chosen) as Seed) };
}

// The columns of a sub-table have a chooser of their own, since the palette adds to the form.
export function askColumn(list: HTMLElement): void {
  const dialog = document.querySelector<HTMLDialogElement>('#column-types');
  if (!dialog) return;
  dialog.onclick = (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-type]') : null;
    const away = event.target instanceof Element && event.target.closest('[data-close]');
    if (button || away || event.target === dialog) dialog.close();
    if (button) void addByButton(button, { list, next: null });
  };
  dialog.showModal();
}
