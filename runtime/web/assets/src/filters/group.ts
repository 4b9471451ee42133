// How do conditions stand together: all of them, or any of them, with groups inside groups?
import { ConditionRow } from './condition';
import { isGroup, isWritten, type Condition, type Group, type Item, type Model, type Written } from './model';
import type { Parts } from './parts';

type Row = ConditionRow | GroupBox | WrittenRow;

export class WrittenRow {
  readonly place: HTMLElement;

  constructor(
    parts: Parts,
    readonly held: Written,
  ) {
    this.place = parts.make('written');
    this.place.querySelector('[data-told]')!.textContent = held.told ?? held.text;
    this.place.querySelector('code')!.textContent = held.told ? held.text : '';
  }

  read(): Written {
    return this.held;
  }
}

export class GroupBox {
  readonly place: HTMLElement;
  private readonly list: HTMLElement;
  private readonly rows: Row[] = [];
  private all: boolean;

  constructor(
    private readonly parts: Parts,
    private readonly model: Model,
    held: Group,
    private readonly depth = 0,
  ) {
    this.place = parts.make('group');
    this.place.classList.toggle('filter-group--top', depth === 0);
    this.list = this.place.querySelector('[data-items]')!;
    this.all = held.all;
    for (const item of held.items) this.put(item);
    this.place.querySelector<HTMLElement>('[data-add-group]')!.hidden = depth + 1 >= model.deepest;
    this.place.querySelector<HTMLElement>('[data-remove-group]')!.hidden = depth === 0;
    for (const button of this.joins()) {
      button.addEventListener('click', () => this.join(button.dataset['join'] === 'all'));
    }
    this.own('[data-add]').addEventListener('click', () => this.add().focus());
    this.own('[data-add-group]').addEventListener('click', () => this.addGroup());
    this.refresh();
  }

  read(): Group {
    const items: Item[] = [];
    for (const row of this.rows) {
      const item = row.read();
      if (item && !(isGroup(item) && !item.items.length)) items.push(item);
    }
    return { all: this.all, items };
  }

  add(held: Condition | null = null): ConditionRow {
    const row = new ConditionRow(this.parts, this.model, held);
    this.keep(row);
    this.refresh();
    return row;
  }

  // Every condition below, in the order of the page.
  conditions(): ConditionRow[] {
    return this.rows.flatMap((row) =>
      row instanceof GroupBox ? row.conditions() : row instanceof ConditionRow ? [row] : [],
    );
  }

  // The row of a place in what `read` gives, where rows that say nothing are left out.
  at([first, ...rest]: number[]): Row | undefined {
    const told = this.rows.filter((row) => {
      const item = row.read();
      return item && !(isGroup(item) && !item.items.length);
    });
    const row = told[first ?? -1];
    return row instanceof GroupBox && rest.length ? row.at(rest) : row;
  }

  focus(): void {
    this.conditions()[0]?.focus('value');
  }

  private put(item: Item): void {
    if (isGroup(item)) this.keep(new GroupBox(this.parts, this.model, item, this.depth + 1));
    else if (isWritten(item)) this.keep(new WrittenRow(this.parts, item));
    else this.keep(new ConditionRow(this.parts, this.model, item));
  }

  private keep(row: Row): void {
    this.rows.push(row);
    this.list.append(row.place);
    const selector = row instanceof GroupBox ? '[data-remove-group]' : '[data-remove]';
    const button = row.place.querySelector<HTMLElement>(selector)!;
    button.addEventListener('click', () => this.remove(row));
  }

  private remove(row: Row): void {
    const index = this.rows.indexOf(row);
    this.rows.splice(index, 1);
    row.place.remove();
    this.refresh();
    const next = this.rows[Math.min(index, this.rows.length - 1)];
    if (next instanceof WrittenRow || !next) this.own('[data-add]').focus();
    else next.focus();
    this.place.dispatchEvent(new Event('change', { bubbles: true }));
  }

  private addGroup(): void {
    const box = new GroupBox(this.parts, this.model, { all: !this.all, items: [] }, this.depth + 1);
    this.keep(box);
    box.add();
    box.add();
    this.refresh();
    box.focus();
  }

  private join(all: boolean): void {
    this.all = all;
    this.refresh();
    this.place.dispatchEvent(new Event('change', { bubbles: true }));
  }

  private refresh(): void {
    this.own('[data-joins]').hidden = this.rows.length < 2;
    for (const button of this.joins()) {
      button.setAttribute('aria-pressed', String((button.dataset['join'] === 'all') === this.all));
    }
    this.place.classList.toggle('is-any', !this.all);
    this.rows.forEach((row, at) => row instanceof ConditionRow && row.name(at + 1));
    this.own('[data-none]').hidden = this.rows.length > 0;
  }

  // A piece of this group itself, not of a group inside it: those stand in the list.
  private own(selector: string): HTMLElement {
    const found = this.place.querySelectorAll<HTMLElement>(selector);
    return Array.from(found).find((element) => !this.list.contains(element))!;
  }

  private joins(): HTMLElement[] {
    return Array.from(this.own('[data-joins]').querySelectorAll<HTMLElement>('[data-join]'));
  }
}
