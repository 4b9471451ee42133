// What stands in the cells of the grid, and how does what was typed become edits?
import { askJson, token } from '../../../runtime/web/assets/src/net';
import { toast } from '../../../runtime/web/assets/src/shell/toast';
import { word } from '../../../runtime/web/assets/src/words';
import { seenNow, send, soToBeKept, type Edit, type Target } from '../design/edits';

interface Mark {
  row: number | null;
  column: number | null;
  text: string;
  kind: string;
  bars: boolean;
}

interface Judged {
  fits: boolean;
  rows: string[][];
  told: string[][];
  marks: Mark[];
  inputs: number;
}

// So many cells are set one by one; if there are more, the rules are written anew together.
const ONE_BY_ONE = 40;

export function table(): HTMLTableElement | null {
  return document.querySelector<HTMLTableElement>('#grid table');
}

export function rowsOf(): HTMLElement[] {
  return [...(table()?.tBodies[0]?.rows ?? [])].filter((row) => !row.matches('.grid-marks'));
}

export function cells(row: number): HTMLElement[] {
  return [...(rowsOf()[row]?.querySelectorAll<HTMLElement>('td[data-column]') ?? [])];
}

export function cellAt(row: number, column: number): HTMLElement | null {
  return cells(row)[column] ?? null;
}

export function place(cell: HTMLElement): { row: number; column: number } {
  const row = rowsOf().indexOf(cell.parentElement as HTMLElement);
  return { row, column: Number(cell.dataset['column']) };
}

export function textOf(cell: Element | null): string {
  return cell?.querySelector('input')?.value ?? cell?.textContent?.trim() ?? '';
}

export function write(cell: HTMLElement, text: string): void {
  cell.textContent = text.trim();
}

export function renumber(): void {
  for (const mark of document.querySelectorAll('#grid .grid-marks')) mark.remove();
  rowsOf().forEach((row, at) => {
    const number = row.querySelector('[data-number]');
    if (number) number.textContent = String(at + 1);
  });
}

function texts(): string[][] {
  return rowsOf().map((row) => [...row.querySelectorAll('td[data-column]')].map(textOf));
}

let turn = 0;

// First one hears what the rows come to; only what fits is kept. What does not stays on the page
// with what is wrong beside it, until it fits.
export async function keep(): Promise<void> {
  const box = document.getElementById('grid');
  if (!box) return;
  turn += 1;
  const mine = turn;
  const since = seenNow();
  const body = JSON.stringify({ rows: texts() });
  const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': token() };
  const asked = askJson<Judged>(box.dataset['check'] ?? '', { method: 'POST', headers, body });
  const judged = await soToBeKept(asked);
  if (mine !== turn) return;
  tell(judged);
  if (!judged.fits) return;
  const edits = editsTo(box, judged);
  if (edits.length === 0) return;
  const at = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  const here = at?.matches('#grid td[data-column]') ? place(at) : null;
  await send(edits, { since });
  const again = here && cellAt(here.row, here.column);
  if (again && (document.activeElement === document.body || !document.activeElement)) {
    again.tabIndex = 0;
    again.focus({ preventScroll: true });
  }
}

function ruleOf(row: string[], inputs: number): Record<string, unknown> {
  const note = row.at(-1) ?? '';
  const rule = { when: row.slice(0, inputs), then: row.slice(inputs, -1) };
  return note ? { ...rule, note } : rule;
}

function editsTo(box: HTMLElement, { rows, inputs }: Judged): Edit[] {
  const kept = JSON.parse(box.dataset['kept'] ?? '[]') as string[][];
  const into = JSON.parse(box.dataset['rules'] ?? '[]') as Target;
  const same = (one: string[] | undefined, other: string[] | undefined): boolean =>
    JSON.stringify(one) === JSON.stringify(other);
  let first = 0;
  while (first < Math.min(kept.length, rows.length) && same(kept[first], rows[first])) first += 1;
  let last = 0;
  while (last < Math.min(kept.length, rows.length) - first && same(kept.at(-1 - last), rows.at(-1 - last))) last += 1;
  const fresh = rows.slice(first, rows.length - last);
  const gone = kept.length - last - first;
  if (gone > 0 && fresh.length > 0 && gone !== fresh.length) return [whole(into, rows, inputs)];
  if (gone === fresh.length) return changes(into, kept, rows, inputs);
  const removed: Edit[] = Array.from({ length: gone }, () => ({ op: 'remove', target: [...into, first] }));
  const before = first < kept.length ? first : null;
  const added: Edit[] = fresh.map((row, n) => ({
    op: 'add',
    target: into,
    value: ruleOf(row, inputs),
    before: before === null ? null : before + n,
  }));
  return [...removed, ...added];
}

function whole(into: Target, rows: string[][], inputs: number): Edit {
  return { op: 'set', target: into, value: rows.map((row) => ruleOf(row, inputs)) };
}

function changes(into: Target, kept: string[][], rows: string[][], inputs: number): Edit[] {
  const edits: Edit[] = [];
  rows.forEach((row, n) =>
    row.forEach((cell, at) => {
      if (cell !== kept[n]?.[at]) edits.push(change([...into, n], at, cell, row.length, inputs));
    }),
  );
  return edits.length > ONE_BY_ONE ? [whole(into, rows, inputs)] : edits;
}

function change(rule: Target, at: number, cell: string, all: number, inputs: number): Edit {
  if (at === all - 1) {
    const target = [...rule, 'note'];
    return cell ? { op: 'set', target, value: cell } : { op: 'remove', target };
  }
  const target = at < inputs ? [...rule, 'when', at] : [...rule, 'then', at - inputs];
  return { op: 'set', target, value: cell };
}

function tell({ told, marks, fits }: Judged): void {
  renumber();
  told.forEach((row, n) =>
    row.forEach((text, at) => {
      const cell = cellAt(n, at);
      if (cell && !cell.querySelector('input') && textOf(cell) !== text) write(cell, text);
      cell?.removeAttribute('aria-invalid');
    }),
  );
  for (const row of rowsOf()) row.classList.remove('has-trouble');
  for (const mark of marks) if (mark.row !== null) tellRow(mark);
  const notes = document.querySelector<HTMLElement>('#grid [data-grid-notes]');
  if (!notes) return;
  notes.replaceChildren();
  const wrong = marks.filter((mark) => mark.bars).length;
  if (!fits) notes.append(banner(word('notKept', { n: wrong }), 'red'));
  for (const mark of marks) if (mark.row === null) notes.append(banner(mark.text, 'amber', mark.kind === 'gap' && mark.bars));
}

function tellRow(mark: Mark): void {
  const row = rowsOf()[mark.row ?? -1];
  if (!row) return;
  row.classList.add('has-trouble');
  if (mark.column !== null) cellAt(mark.row ?? 0, mark.column)?.setAttribute('aria-invalid', 'true');
  const line = document.createElement('tr');
  line.className = 'grid-marks';
  const cell = document.createElement('td');
  cell.colSpan = row.children.length;
  const text = document.createElement('span');
  text.className = 'text-amber';
  text.textContent = mark.text;
  cell.append(text);
  line.append(cell);
  row.after(line);
}

function banner(text: string, tone: string, offersGaps = false): HTMLElement {
  const note = document.createElement('p');
  note.className = `banner tone-${tone}`;
  note.append(text);
  if (offersGaps) note.append(gapButton());
  return note;
}

// A gap may be meant: then the table says so, and all that waits is kept with it.
function gapButton(): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn btn--sm';
  button.textContent = word('allowGaps');
  button.addEventListener('click', async () => {
    const box = document.getElementById('grid');
    const waiting = texts();
    const edits = JSON.parse(box?.dataset['gaps'] ?? '[]') as Edit[];
    if (!(await send(edits)).rev) return;
    restore(waiting);
    await keep();
    toast(word('kept'));
  });
  return button;
}

function restore(rows: string[][]): void {
  const template = document.querySelector<HTMLTemplateElement>('#grid [data-row-template]');
  const body = table()?.tBodies[0];
  while (body && template && rowsOf().length < rows.length) body.append(template.content.cloneNode(true));
  rowsOf()
    .slice(rows.length)
    .forEach((row) => row.remove());
  rows.forEach((row, n) =>
    row.forEach((text, at) => {
      const cell = cellAt(n, at);
      if (cell) write(cell, text);
    }),
  );
  renumber();
}
