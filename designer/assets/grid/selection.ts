// Which cells of the grid are chosen together?
import { cellAt, place } from './cells';

let anchor: HTMLElement | null = null;
let chosen: HTMLElement[] = [];

function mark(cells: HTMLElement[]): void {
  for (const cell of chosen) cell.classList.remove('is-selected');
  chosen = cells;
  if (cells.length > 1) for (const cell of cells) cell.classList.add('is-selected');
}

export function select(cell: HTMLElement): void {
  for (const other of document.querySelectorAll<HTMLElement>('#grid td[tabindex="0"]')) other.tabIndex = -1;
  cell.tabIndex = 0;
  anchor = cell;
  mark([cell]);
}

export function extend(cell: HTMLElement): void {
  if (!anchor?.isConnected) return select(cell);
  const from = place(anchor);
  const to = place(cell);
  const found: HTMLElement[] = [];
  for (let row = Math.min(from.row, to.row); row <= Math.max(from.row, to.row); row += 1)
    for (let column = Math.min(from.column, to.column); column <= Math.max(from.column, to.column); column += 1) {
      const one = cellAt(row, column);
      if (one) found.push(one);
    }
  mark(found);
}

export function selected(): HTMLElement[] {
  const here = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  const alive = chosen.filter((cell) => cell.isConnected);
  if (alive.length > 0) return alive;
  return here?.matches('#grid td[data-column]') ? [here] : [];
}

export function clearSelection(): void {
  chosen = chosen.filter((cell) => cell.isConnected);
}
