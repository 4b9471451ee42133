// How is one cell typed into?
import { holdStill } from '../design/edits';
import { cellAt, keep, place, textOf, write } from './cells';
import { select } from './selection';

interface Open {
  cell: HTMLElement;
  input: HTMLInputElement;
  before: string;
  release: () => void; // what others changed meanwhile may be drawn
}

let open: Open | null = null;

export function isEditing(cell?: HTMLElement): boolean {
  return open !== null && (cell === undefined || open.cell === cell);
}

// What is typed first takes the place of what was there.
export function edit(cell: HTMLElement, first: string | null): void {
  close(true);
  const before = textOf(cell);
  const input = document.createElement('input');
  input.className = 'grid-input';
  input.value = first ?? before;
  const column = cell.dataset['column'] ?? '';
  if (document.getElementById(`offers-${column}`)) input.setAttribute('list', `offers-${column}`);
  const head = document.querySelectorAll('#grid thead th')[Number(column) + 1];
  input.setAttribute('aria-label', head?.textContent?.trim() ?? '');
  cell.textContent = '';
  cell.append(input);
  open = { cell, input, before, release: holdStill() };
  input.focus();
  if (first === null) input.select();
  input.addEventListener('keydown', pressed);
  input.addEventListener('blur', () => close(true));
}

function close(keeps: boolean): void {
  if (!open) return;
  const { cell, input, before, release } = open;
  open = null;
  const text = keeps ? input.value : before;
  write(cell, text);
  if (text !== before) void keep();
  release();
}

function pressed(event: KeyboardEvent): void {
  if (!open || event.isComposing) return;
  const { cell } = open;
  const steps: Record<string, [number, number]> = {
    Enter: [event.shiftKey ? -1 : 1, 0],
    Tab: [0, event.shiftKey ? -1 : 1],
    Escape: [0, 0],
  };
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  event.stopPropagation();
  const { row, column } = place(cell);
  close(event.key !== 'Escape');
  const next = cellAt(row + step[0], column + step[1]) ?? cell;
  select(next);
  next.focus();
}
