// How do the inputs of a form and the rules of its logic keep each other up to date?
import { Decimal, integer, type Value } from '../expressions';
import { add } from '../expressions/decimals';
import { Looks } from './looks';
import * as page from './page';
import { read } from './reading';
import { Rows } from './rows';
import { unwired, type Known, type Shipped, type Wired } from './shipped';
import { shown, typedAs } from './showing';
import { State, type Part } from './state';

export type Decided = {
  visible: boolean;
  required: boolean;
  readonly: boolean;
  need?: string;
  shown?: string;
  drawn?: string;
  input?: string;
};

// What the server says of a form as it is typed now.
export type Answer = {
  fields: Record<string, Decided>;
  cells: Record<string, Decided>;
  known: Known;
  values: Record<string, Wired>;
  defaults: Record<string, string>;
};

const ROUNDS = 3;

export class Filling {
  readonly state: State;
  private readonly sheet: page.Sheet;
  private readonly rows: Rows;
  private readonly looks: Looks;
  private readonly needed: Set<string>;
  private readonly autoInput: HTMLInputElement | null;
  private begun = false;
  // What follows its default is not what the hidden input says any more.
  private fewer = true;
  private readonly touched = new Set<string>();
  private readonly last = new Map<string, string>();
  // What the rules said in this run, put on the page at its end.
  private readonly behaving = new Map<Part, Set<string>>();
  private readonly summed = new Set<string>();
  private readonly sections = new Map<string, boolean>();
  private readonly judged = new Map<string, boolean>();

  constructor(form: HTMLFormElement, private readonly shipped: Shipped) {
    this.sheet = new page.Sheet(form);
    this.needed = new Set(shipped.needed);
    this.autoInput = form.querySelector('input[name=_auto]');
    this.looks = new Looks(shipped);
    this.state = new State(shipped, {
      behaves: (part, name) => this.note(part, name),
      shows: (part, name, text) => this.shows(part, name, text),
      fills: (part, name, value) => this.fills(part, name, value),
      follow: (part, name) => this.lookUp(part, name),
      section: (id, visible) => this.sections.set(id, visible),
      judges: (check, passes) => this.judged.set(check, passes),
    });
    this.rows = new Rows(this.sheet, shipped, this.state, (...met) => this.meet(...met));
    this.begin();
  }

  // Take what stands in the inputs of a field: somebody typed there, or chose.
  typed(name: string): void {
    if (this.isSame(name)) return;
    this.touched.add(name);
    this.fewer ||= this.state.record.auto.delete(name);
    this.readField(name);
    page.unsay(this.sheet.field(name));
  }

  typedCell(name: string): void {
    const [part, cell] = this.rows.place(name) ?? [];
    if (!part || !cell || this.isSame(name)) return;
    this.fewer ||= part.auto.delete(cell);
    this.touched.add(part.line ?? '');
    this.rows.reread(part, cell);
    this.summed.add(part.line ?? '');
    page.unsay(this.rows.cell(part, cell));
  }

  // Rows were added, moved or removed.
  arranged(line: string): void {
    this.touched.add(line);
    this.last.clear();
    this.fewer = true;
    this.rows.read(line);
    this.summed.add(line);
  }

  settle(): void {
    for (let round = 0; round < ROUNDS; round += 1) {
      this.state.run();
      if (!this.relocked()) break;
    }
    this.apply();
  }

  // The texts that only the server can read, to tell later whether they are still the same.
  unread(): Map<string, string> {
    const found = new Map<string, string>();
    for (const [name, { read: spec }] of Object.entries(this.shipped.fields)) {
      if (spec?.as === 'asked') found.set(name, this.textOf(name));
    }
    this.rows.each((part, cell, name) => {
      if (this.shipped.lines[part.line ?? '']?.cells[cell]?.read?.as === 'asked') found.set(name, this.textOf(name));
    });
    return found;
  }

  // What only the server knows goes in; what it decided is taken where it can't be decided here.
  receive(answer: Answer, asked: ReadonlyMap<string, string>): void {
    this.eachDecided(answer, (part, name, { shown: html }) =>
      this.looks.learn(part, name, part.values[this.looks.by(part, name) ?? ''], html),
    );
    this.state.learn(answer.known);
    for (const [name, value] of Object.entries(answer.values)) {
      const [part, field] = this.place(name) ?? [];
      if (part && field && asked.get(name) === this.textOf(name)) this.state.put(part, field, unwired(value));
    }
    this.settle();
    this.eachDecided(answer, (part, name, decided) => this.decide(part, name, decided));
    for (const [name, text] of Object.entries(answer.defaults)) this.follow(name, text);
    this.settle();
  }

  private begin(): void {
    const { record } = this.state;
    const autos = new Set((this.autoInput?.value ?? '').split(' ').filter(Boolean));
    for (const name of autos) if (!name.includes('-')) record.auto.add(name);
    for (const name of this.sheet.names()) this.meet(record, name, this.sheet.field(name)!);
    for (const id of Object.keys(this.shipped.sections)) {
      if (this.sheet.section(id)?.hidden && this.state.hasRule('section', record, id)) this.state.sectionsOff.add(id);
    }
    for (const name of Object.keys(this.shipped.fields)) this.readField(name, this.shipped.asked);
    for (const line of Object.keys(this.shipped.lines)) this.rows.read(line, autos);
    this.begun = true;
    this.settle();
  }

  // The page as it was drawn says what can't be worked out here.
  private meet(part: Part, name: string, field: HTMLElement): void {
    const off = field.hidden || field.classList.contains('is-off');
    if (off && this.state.hasRule('visible', part, name)) part.off.add(name);
    if (field.classList.contains('is-required') && this.state.hasRule('required', part, name)) part.needed.add(name);
    if (page.isShut(field)) part.locked.add(name);
    // A row that was added shows nothing yet, even if it is a copy.
    const by = this.begun ? undefined : this.looks.by(part, name);
    const beside = by ? this.element(part, by) : null;
    if (beside) this.looks.learn(part, name, page.textsOf(beside)[0], page.htmlIn(field));
  }

  // A change event that follows the input events says nothing new.
  private isSame(name: string): boolean {
    const text = this.textOf(name);
    const same = this.last.get(name) === text;
    this.last.set(name, text);
    return same;
  }

  private textOf(name: string): string {
    const [part, field] = this.place(name) ?? [];
    const element = part && field ? this.element(part, field) : null;
    return element ? page.textsOf(element).join('\n') : '';
  }

  private place(name: string): [Part, string] | null {
    return this.sheet.field(name) ? [this.state.record, name] : this.rows.place(name);
  }

  private element(part: Part, name: string): HTMLElement | null {
    return part.line ? this.rows.cell(part, name) : (this.sheet.field(name) ?? null);
  }

  private spec(part: Part, name: string) {
    return part.line ? this.shipped.lines[part.line]?.cells[name] : this.shipped.fields[name];
  }

  private eachDecided(answer: Answer, act: (part: Part, name: string, decided: Decided) => void): void {
    for (const [name, decided] of Object.entries(answer.fields)) act(this.state.record, name, decided);
    this.rows.each((part, cell, name) => {
      const decided = answer.cells[name];
      if (decided) act(part, cell, decided);
    });
  }

  private decide(part: Part, name: string, decided: Decided): void {
    for (const what of ['visible', 'required', 'readonly'] as const) this.state.decide(what, part, name, decided[what]);
    const field = this.element(part, name);
    if (!field) return;
    if (decided.need) page.word(field, decided.need);
    const unknown = (['formula', 'lookup', 'default'] as const).some((what) => this.state.isKept(what, part, name));
    if (unknown && decided.shown !== undefined) page.showHtml(field, decided.shown);
    const follows = !part.auto.has(name) || this.state.isKept('default', part, name);
    if (decided.input === undefined || !follows) return;
    if (page.redraw(field, decided.input, decided.drawn ?? '')) this.readField(name);
  }

  // A default that can't be worked out here.
  private follow(name: string, text: string): void {
    const [part, field] = this.place(name) ?? [];
    const element = part && field ? this.element(part, field) : null;
    if (!part || !field || !element || !part.auto.has(field) || !this.state.isKept('default', part, field)) return;
    page.write(element, text);
    const spec = this.spec(part, field)?.read;
    if (spec) this.state.put(part, field, read(spec, page.textsOf(element)));
  }

  // `given` are values that the server read, where only it can.
  private readField(name: string, given: Record<string, Wired> = {}): void {
    const { record } = this.state;
    const spec = this.shipped.fields[name]?.read;
    const field = this.sheet.field(name);
    if (!spec || !field) return;
    if (record.locked.has(name)) this.state.put(record, name, unwired(this.shipped.row[`=${name}`] ?? null));
    else if (!record.auto.has(name) || this.state.isKept('default', record, name)) {
      const value = read(spec, page.textsOf(field));
      this.state.put(record, name, value === undefined && name in given ? unwired(given[name]!) : value);
    }
  }

  private note(part: Part, name: string): void {
    const names = this.behaving.get(part);
    if (names) names.add(name);
    else this.behaving.set(part, new Set([name]));
  }

  private shows(part: Part, name: string, text: string): void {
    const field = this.element(part, name);
    if (field) page.showText(field, text, this.spec(part, name)?.show?.whole);
    if (part.line) this.summed.add(part.line);
  }

  private fills(part: Part, name: string, value: Value): void {
    const spec = this.spec(part, name)?.read;
    const field = this.element(part, name);
    if (spec && field) page.write(field, typedAs(spec, value));
    if (part.line) this.summed.add(part.line);
  }

  private lookUp(part: Part, name: string): void {
    const field = this.element(part, name);
    if (field) this.looks.show(part, name, field);
  }

  // An input that is shut now counts as what is stored, or as its default; so rules run again.
  private relocked(): boolean {
    let changed = false;
    for (const [part, names] of this.behaving) {
      for (const name of names) {
        const field = this.element(part, name);
        if (!field || !this.spec(part, name)?.read || !page.shut(field, part.locked.has(name))) continue;
        if (part.line) this.rows.readCell(part, name);
        else this.readField(name);
        this.state.lock(part, name);
        changed = true;
      }
    }
    return changed;
  }

  private apply(): void {
    for (const [part, names] of this.behaving) {
      const always = part.line ? new Set(this.shipped.lines[part.line]?.needed) : this.needed;
      for (const name of names) this.dress(part, name, always.has(name));
    }
    for (const [id, visible] of this.sections) page.showSection(this.sheet.section(id), visible);
    for (const [check, passes] of this.judged) this.judge(check, passes);
    for (const line of this.summed) this.total(line);
    for (const each of [this.behaving, this.sections, this.judged, this.summed]) each.clear();
    if (this.autoInput && this.fewer) this.autoInput.value = [...this.state.record.auto, ...this.rows.autos()].join(' ');
    this.fewer = false;
  }

  private dress(part: Part, name: string, always: boolean): void {
    const field = this.element(part, name);
    if (!field) return;
    const visible = this.state.visible(part, name);
    const needed = part.needed.has(name);
    const value = part.values[name] ?? '';
    const empty = value === '' || (Array.isArray(value) && !value.length);
    page.dress(field, {
      visible,
      always,
      required: visible && (always || needed),
      readonly: part.locked.has(name),
      lacking: visible && needed && empty,
    });
  }

  // A check that fails is said once somebody changed something that it looks at.
  private judge(check: string, passes: boolean): void {
    const text = this.sheet.form.querySelector<HTMLElement>(`[data-check="${CSS.escape(check)}"]`);
    if (!text) return;
    const paths = this.shipped.rules.find(([what, name]) => what === 'check' && name === check)?.[4] ?? [];
    const touched = paths.some((path) => this.touched.has(path.split('.')[0] ?? ''));
    // What the server said of it stays until it is set right.
    text.hidden = passes || (text.hidden && !touched);
  }

  private total(line: string): void {
    const list = this.sheet.form.querySelector(`[data-totals="${CSS.escape(line)}"]`);
    if (!list) return;
    const rows = (this.state.rows[line] ?? []).filter((row) => !row.idle);
    Object.entries(this.shipped.lines[line]?.totals ?? {}).forEach(([cell, spec], at) => {
      if (!spec || rows.some((row) => row.shut.has(cell))) return;
      const found = rows.map((row) => row.values[cell]).filter((value) => value instanceof Decimal);
      const sum = found.reduce((one, other) => add(one, other), integer(0));
      page.total(list, at, shown(spec, sum, this.shipped.locale));
    });
  }
}
