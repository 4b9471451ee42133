// How are the rows of a sub-table added, copied, moved and removed?
import { word } from '../words';
import { changed } from './changed';

export function installLines(place: HTMLElement, enhance: (root: ParentNode) => void): void {
  const rows = place.querySelector<HTMLElement>('.line-rows')!;
  const template = place.querySelector<HTMLTemplateElement>('template')!;
  // Numbers only ever grow: a removed row's number is not used again while the page stands.
  let number = rows.children.length;

  const most = Number(place.dataset['most'] ?? '0');
  const full = () => {
    const none = most > 0 && rows.children.length >= most;
    for (const button of place.querySelectorAll<HTMLButtonElement>('[data-line=add], [data-line=copy]')) {
      button.disabled = none;
    }
  };

  const renumber = () => {
    Array.from(rows.children).forEach((row, index) => {
      const place = row.querySelector('.line-number');
      if (place) place.textContent = String(index + 1);
    });
    place.classList.toggle('is-empty', rows.children.length === 0);
    full();
    changed(place);
  };

  const add = (original?: HTMLElement): HTMLElement => {
    const markup = template.innerHTML.replaceAll('__n__', String(number));
    number += 1;
    const holder = document.createElement('template');
    holder.innerHTML = markup;
    const row = holder.content.firstElementChild as HTMLElement;
    if (original) {
      original.after(row);
      copy(original, row);
      rename(rows, place.dataset['name'] ?? '');
    } else {
      rows.append(row);
    }
    enhance(row);
    renumber();
    return row;
  };

  const move = (row: HTMLElement, by: -1 | 1) => {
    const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(row);
    else other.after(row);
    rename(rows, place.dataset['name'] ?? '');
    renumber();
  };

  place.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-line]');
    if (!button || button.closest('.lines') !== place) return;
    const row = button.closest<HTMLElement>('.line-row');
    const act = button.dataset['line'];
    if (act === 'add') focusIn(add());
    else if (!row) return;
    else if (act === 'remove') remove(row);
    else if (act === 'up') move(row, -1);
    else if (act === 'down') move(row, 1);
    else if (act === 'copy') focusIn(add(row));
    if (act === 'up' || act === 'down') button.focus();
  });
  place.addEventListener('keydown', (event) => {
    if (!event.altKey || !(event.target instanceof Element)) return;
    const row = event.target.closest<HTMLElement>('.line-row');
    if (!row || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(row, event.key === 'ArrowUp' ? -1 : 1);
    (event.target as HTMLElement).focus();
  });

  full();

  const remove = (row: HTMLElement) => {
    const neighbour = (row.nextElementSibling ?? row.previousElementSibling) as HTMLElement | null;
    row.remove();
    renumber();
    const status = place.querySelector('[role=status]');
    if (status) status.textContent = word('rowRemoved');
    if (neighbour) focusIn(neighbour);
    else place.querySelector<HTMLElement>('[data-line=add]')?.focus();
  };
}

function focusIn(row: HTMLElement): void {
  row.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea')?.focus();
}

const renamed = ['name', 'id', 'for', 'data-name', 'data-field', 'aria-describedby', 'aria-labelledby'];

// Rows are read in the order of their numbers, so a moved row takes the number of its new place.
function rename(rows: HTMLElement, name: string): void {
  const pattern = new RegExp(`^(.*?)${name}-(\\d+)-`);
  const numbers = Array.from(rows.children)
    .map((row) => Number((row as HTMLElement).dataset['row']))
    .sort((one, other) => one - other);
  Array.from(rows.children).forEach((row, index) => {
    const number = numbers[index] ?? index;
    (row as HTMLElement).dataset['row'] = String(number);
    for (const item of row.querySelectorAll<HTMLElement>('[name], [id], [for], [data-name], [data-field]')) {
      for (const attribute of renamed) {
        const value = item.getAttribute(attribute);
        if (value) item.setAttribute(attribute, value.replace(pattern, `$1${name}-${number}-`));
      }
    }
  });
}

function copy(from: HTMLElement, to: HTMLElement): void {
  const cells = (row: HTMLElement) =>
    Array.from(row.querySelectorAll<HTMLInputElement>('input, select, textarea')).filter(
      (input) => input.type !== 'file' && !input.name.endsWith('-id'),
    );
  const targets = cells(to);
  cells(from).forEach((input, index) => {
    const target = targets[index];
    if (!target) return;
    if (input.type === 'checkbox' || input.type === 'radio') target.checked = input.checked;
    else target.value = input.value;
  });
  for (const picker of to.querySelectorAll('.picker')) {
    const filled = picker.querySelector<HTMLInputElement>('input[type=hidden]')?.value;
    picker.classList.toggle('is-filled', Boolean(filled));
  }
}
