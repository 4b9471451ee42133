// How do the rows of sub-tables come into the state of a form, and where do their cells stand?
import * as page from './page';
import { read } from './reading';
import { unwired, type Line, type Shipped, type Wired } from './shipped';
import { Part, type State } from './state';

type Given = Record<string, Wired>;

export class Rows {
  private readonly parts = new WeakMap<Element, Part>();
  private readonly elements = new WeakMap<Part, HTMLElement>();

  constructor(
    private readonly sheet: page.Sheet,
    private readonly shipped: Shipped,
    private readonly state: State,
    private readonly meet: (part: Part, name: string, field: HTMLElement) => void,
  ) {}

  part(row: Element): Part | undefined {
    return this.parts.get(row);
  }

  cell(part: Part, name: string): HTMLElement | null {
    const row = this.elements.get(part);
    return row ? cellIn(row, part, name) : null;
  }

  // The row and the cell that an input's name stands for.
  place(name: string): [Part, string] | null {
    const field = this.sheet.form.querySelector(`.line-cell[data-field="${CSS.escape(name)}"]`);
    const row = field?.closest('.line-row');
    const part = row && this.parts.get(row);
    return part ? [part, cellName(name)] : null;
  }

  each(act: (part: Part, cell: string, name: string) => void): void {
    for (const [line, { cells }] of Object.entries(this.shipped.lines)) {
      for (const row of this.under(line)) {
        const part = this.parts.get(row);
        if (part) for (const cell of Object.keys(cells)) act(part, cell, nameOf(row, part, cell));
      }
    }
  }

  // The inputs that still follow their defaults.
  autos(): string[] {
    const names: string[] = [];
    this.each((part, cell, name) => void (part.auto.has(cell) && names.push(name)));
    return names;
  }

  // Meet the rows of a line field after they were drawn, added, moved or removed.
  read(line: string, drawn?: ReadonlySet<string>): void {
    const shipped = this.shipped.lines[line];
    if (!shipped || !this.sheet.field(line)?.querySelector('.line-rows')) return;
    const added: Part[] = [];
    const parts = this.under(line).map((row) => {
      const known = this.parts.get(row);
      if (!known) added.push(this.meetRow(line, shipped, row, drawn));
      return known ?? added[added.length - 1]!;
    });
    this.state.arrange(line, parts);
    let filled = 0;
    for (const part of added) {
      part.idle = this.isIdle(part);
      const given = drawn && !part.idle ? shipped.asked[filled++] : undefined;
      for (const cell of Object.keys(shipped.cells)) this.readCell(part, cell, given);
    }
    if (added.length) this.state.arrange(line, parts);
  }

  // Read one cell again; a row in which something stands now counts.
  reread(part: Part, cell: string): void {
    this.readCell(part, cell);
    const idle = this.isIdle(part);
    if (idle === part.idle) return;
    part.idle = idle;
    this.state.arrange(part.line ?? '', this.state.rows[part.line ?? ''] ?? []);
  }

  readCell(part: Part, cell: string, given: Given = {}): void {
    const line = this.shipped.lines[part.line ?? '']!;
    const spec = line.cells[cell]?.read;
    const field = this.cell(part, cell);
    if (!spec || !field) return;
    const texts = page.textsOf(field);
    const silent = !texts.length && line.quiet.includes(cell);
    if (part.locked.has(cell) || silent) {
      this.state.put(part, cell, unwired(this.standing(line, part, cell)));
    } else if (!(part.auto.has(cell) && this.state.hasRule('default', part, cell))) {
      const value = read(spec, texts);
      this.state.put(part, cell, value === undefined && cell in given ? unwired(given[cell]!) : value);
    }
  }

  private under(line: string): HTMLElement[] {
    const field = this.sheet.field(line);
    return Array.from(field?.querySelectorAll<HTMLElement>('.line-rows > .line-row') ?? []);
  }

  // What a cell holds that can't be typed into: what is stored, or its default.
  private standing(line: Line, part: Part, cell: string): Wired {
    const id = part.values['id'];
    return (typeof id === 'string' ? line.stored[id]?.[cell] : line.blank[cell]) ?? null;
  }

  private meetRow(line: string, shipped: Line, row: HTMLElement, drawn?: ReadonlySet<string>): Part {
    const part = new Part(line);
    const id = row.querySelector<HTMLInputElement>(`input[name="${nameOf(row, part, 'id')}"]`);
    part.values['id'] = id?.value || null;
    this.parts.set(row, part);
    this.elements.set(part, row);
    for (const cell of Object.keys(shipped.cells)) {
      const field = cellIn(row, part, cell);
      if (!field) continue;
      if (this.isAuto(part, cell, field, drawn)) part.auto.add(cell);
      this.meet(part, cell, field);
    }
    return part;
  }

  // A new row begins with its defaults; a copied one with what the other holds.
  private isAuto(part: Part, cell: string, field: HTMLElement, drawn?: ReadonlySet<string>): boolean {
    const name = field.dataset['field'] ?? '';
    if (part.values['id']) return false;
    if (drawn) return drawn.has(name);
    const texts = page.textsIn(field, name);
    const filled = texts.some((text) => text.trim());
    const begins = this.shipped.lines[part.line ?? '']!.begins.includes(cell);
    return filled ? begins && page.asDrawn(field, name) : this.state.hasRule('default', part, cell);
  }

  // Nothing stands in it but what came by itself.
  private isIdle(part: Part): boolean {
    const cells = Object.keys(this.shipped.lines[part.line ?? '']!.cells);
    return cells.every((cell) => {
      const field = part.auto.has(cell) ? null : this.cell(part, cell);
      return !field || !page.textsOf(field).some((text) => text.trim());
    });
  }
}

export const cellName = (name: string): string => name.split('-').slice(2).join('-');

const nameOf = (row: HTMLElement, part: Part, cell: string): string =>
  `${part.line ?? ''}-${row.dataset['row'] ?? ''}-${cell}`;

const cellIn = (row: HTMLElement, part: Part, cell: string): HTMLElement | null =>
  row.querySelector(`.line-cell[data-field="${nameOf(row, part, cell)}"]`);
