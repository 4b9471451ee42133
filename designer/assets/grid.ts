// How is a decision table edited as a grid: typed into, walked through, pasted into, sorted?
import { takeFile } from '../../runtime/web/assets/src/fields/sheet_file';
import { onChange } from './design/edits';
import { cells, cellAt, keep, place, renumber, rowsOf, table, textOf, write } from './grid/cells';
import { edit, isEditing } from './grid/editing';
import { clearSelection, extend, select, selected } from './grid/selection';
import { blockOf, textsOf } from './grid/sheet_text';

const STEPS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function cellOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('#grid td[data-column]') : null;
}

function go(cell: HTMLElement | null, widen = false): void {
  if (!cell) return;
  if (widen) extend(cell);
  else select(cell);
  cell.focus();
  cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function pressed(event: KeyboardEvent): void {
  const cell = cellOf(event.target);
  if (!cell || isEditing() || event.ctrlKey || event.metaKey || event.altKey) return;
  const { row, column } = place(cell);
  const step = STEPS[event.key];
  // What an input method composes goes into the box that opens for it.
  if (event.key === 'Process') {
    edit(cell, '');
    return;
  }
  if (step) go(cellAt(row + step[0], column + step[1]), event.shiftKey);
  else if (event.key === 'Home') go(cellAt(row, 0));
  else if (event.key === 'End') go(cells(row).at(-1) ?? null);
  else if (event.key === 'Enter' || event.key === 'F2') edit(cell, null);
  else if (event.key === 'Delete' || event.key === 'Backspace') empty();
  else if (event.key.length === 1) edit(cell, event.key);
  else return;
  event.preventDefault();
}

function empty(): void {
  for (const cell of selected()) write(cell, '');
  void keep();
}

function copied(event: ClipboardEvent): void {
  if (!cellOf(event.target) || isEditing()) return;
  event.clipboardData?.setData('text/plain', textsOf(selected().map((cell) => ({ ...place(cell), text: textOf(cell) }))));
  event.preventDefault();
}

// A block goes in from the cell on which one stands; rows that are lacking are added.
function pasted(event: ClipboardEvent): void {
  const cell = cellOf(event.target);
  if (!cell || isEditing()) return;
  event.preventDefault();
  const { row, column } = place(cell);
  blockOf(event.clipboardData?.getData('text/plain') ?? '').forEach((texts, down) => {
    if (row + down >= rowsOf().length) addRow(null);
    texts.forEach((text, right) => {
      const into = cellAt(row + down, column + right);
      if (into) write(into, text);
    });
  });
  void keep();
}

function addRow(after: HTMLElement | null): HTMLElement | null {
  const template = document.querySelector<HTMLTemplateElement>('#grid [data-row-template]');
  const row = template?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined;
  if (!row) return null;
  if (after) after.after(row);
  else table()?.tBodies[0]?.append(row);
  renumber();
  return row;
}

function begin(after: HTMLElement | null): void {
  const row = addRow(after);
  const first = row?.querySelector<HTMLElement>('td[data-column]');
  if (first) go(first);
  void keep();
}

function moveRow(row: HTMLElement, by: number): void {
  const all = rowsOf();
  const other = all[all.indexOf(row) + by];
  if (!other) return;
  if (by < 0) other.before(row);
  else other.after(row);
  renumber();
  void keep();
}

function sortBy(column: number): void {
  const all = rowsOf();
  const text = (row: HTMLElement): string => textOf(row.querySelector(`[data-column="${column}"]`));
  const sorted = [...all].sort((one, other) => {
    // What holds for everything stays below what is more particular.
    if (!text(one) !== !text(other)) return text(one) ? -1 : 1;
    return text(one).localeCompare(text(other), undefined, { numeric: true });
  });
  for (const row of sorted) row.parentElement?.append(row);
  renumber();
  void keep();
}

function clicked(event: MouseEvent): void {
  const here = event.target instanceof Element ? event.target : null;
  if (!here?.closest('#grid')) return;
  const tool = here.closest<HTMLElement>('[data-row-tool]');
  const row = here.closest('tr');
  if (here.closest('[data-row-add]')) begin(null);
  else if (tool && row) useTool(tool.dataset['rowTool'] ?? '', row);
  else {
    const sort = here.closest<HTMLElement>('[data-sort-by]');
    if (sort) sortBy(Number(sort.dataset['sortBy']));
  }
}

function useTool(tool: string, row: HTMLElement): void {
  if (tool === 'up') moveRow(row, -1);
  if (tool === 'down') moveRow(row, 1);
  if (tool === 'insert') begin(row);
  if (tool !== 'remove' || rowsOf().length < 2) return;
  row.remove();
  renumber();
  void keep();
}

let dragging = false;

function touched(event: PointerEvent): void {
  const cell = cellOf(event.target);
  if (!cell || isEditing(cell)) return;
  if (cell === document.activeElement && event.pointerType !== 'mouse') {
    edit(cell, null);
    event.preventDefault();
    return;
  }
  dragging = event.pointerType === 'mouse' && event.button === 0;
  go(cell, event.shiftKey);
}

function start(): void {
  const first = cellAt(0, 0);
  if (first) first.tabIndex = 0;
  document.addEventListener('keydown', pressed);
  document.addEventListener('copy', copied);
  document.addEventListener('paste', pasted);
  document.addEventListener('click', clicked);
  document.addEventListener('pointerdown', touched);
  document.addEventListener('pointerover', (event) => {
    const cell = dragging ? cellOf(event.target) : null;
    if (cell) extend(cell);
  });
  document.addEventListener('pointerup', () => (dragging = false));
  document.addEventListener('dblclick', (event) => {
    const cell = cellOf(event.target);
    if (cell && !isEditing()) edit(cell, null);
  });
  onChange(() => {
    clearSelection();
    const here = cellAt(0, 0);
    if (here && !document.querySelector('#grid td[tabindex="0"]')) here.tabIndex = 0;
  });
}

start();
for (const form of document.querySelectorAll<HTMLFormElement>('[data-sheet-form]')) takeFile(form);
