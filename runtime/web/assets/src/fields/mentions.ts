// How is a colleague named in a comment by typing @?
import { askJson, later } from '../net';
import type { Choice } from './picker';

export function installMentions(place: HTMLElement): void {
  const text = place.querySelector<HTMLTextAreaElement>('textarea')!;
  const list = document.createElement('ul');
  list.className = 'picker-list mention-list';
  list.setAttribute('role', 'listbox');
  list.hidden = true;
  place.append(list);
  let found: Choice[] = [];
  let active = 0;

  const started = () => /@([^\s@]{0,12})$/.exec(text.value.slice(0, text.selectionStart));
  const close = () => (list.hidden = true);
  const mark = (index: number) => {
    active = (index + found.length) % Math.max(found.length, 1);
    Array.from(list.children).forEach((item, at) =>
      item.setAttribute('aria-selected', String(at === active)),
    );
  };
  const take = (choice: Choice | undefined) => {
    const match = started();
    if (!choice || !match) return;
    const from = text.selectionStart - match[0].length;
    text.setRangeText(`@${choice.title} `, from, text.selectionStart, 'end');
    const hidden = document.createElement('input');
    Object.assign(hidden, { type: 'hidden', name: 'mentions', value: choice.id });
    place.append(hidden);
    close();
    text.focus();
  };
  const look = later(140, async () => {
    const match = started();
    if (!match) return close();
    const source = `${place.dataset['source'] ?? ''}?q=${encodeURIComponent(match[1] ?? '')}`;
    found = (await askJson<{ choices: Choice[] }>(source).catch(() => ({ choices: [] }))).choices;
    list.replaceChildren(
      ...found.map((choice) => {
        const item = document.createElement('li');
        item.setAttribute('role', 'option');
        item.textContent = choice.subtitle ? `${choice.title} · ${choice.subtitle}` : choice.title;
        return item;
      }),
    );
    list.hidden = found.length === 0;
    mark(0);
  });

  text.addEventListener('input', look);
  text.addEventListener('blur', () => window.setTimeout(close, 150));
  text.addEventListener('keydown', (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      mark(active + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault();
      take(found[active]);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    }
  });
  list.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    const item = (event.target as Element).closest('li');
    take(found[Array.from(list.children).indexOf(item as Element)]);
  });
}
