// What follows from what is typed so far, and what can't be known without the server?
import { same, type Env, type Value } from '../expressions';
import { Graph, type Rule } from './graph';
import { unwired, unwiredAll, type Known, type Shipped, type What } from './shipped';
import { fitted, kept, shown } from './showing';

export type Values = Record<string, Value>;

// How a field or a cell behaves: by its own conditions, and as the person sees it.
export class Behaviour {
  readonly off = new Set<string>();
  readonly needed = new Set<string>();
  readonly locked = new Set<string>();
}

// The record, or one row of a line field.
export class Part extends Behaviour {
  readonly values: Values = {};
  // What is not known here: inputs that the server reads, and `site.` for where a reference points.
  readonly shut = new Set<string>();
  // What still follows its default.
  readonly auto = new Set<string>();
  readonly dirty = new Set<Rule>();
  // Nobody typed anything into this row yet: it does not count.
  idle = false;

  constructor(readonly line: string | null = null) {
    super();
  }
}

// What a page is told after a run. A text is what is shown, undefined what it can't know.
export type Outcome = {
  behaves: (part: Part, name: string) => void;
  shows: (part: Part, name: string, text: string) => void;
  fills: (part: Part, name: string, value: Value) => void;
  follow: (part: Part, name: string) => void;
  section: (id: string, visible: boolean) => void;
  judges: (check: string, passes: boolean) => void;
};

export class State {
  readonly record = new Part();
  readonly rows: Record<string, Part[]> = {};
  readonly sectionsOff = new Set<string>();
  // Something is needed that only the server knows.
  wanting = false;
  private readonly graph: Graph;
  private readonly env: Env;
  private readonly known: Record<string, Record<string, Values | null>> = {};
  private readonly sectionOf = new Map<string, string[]>();
  private readonly kept: Set<string>;

  constructor(readonly shipped: Shipped, private readonly outcome: Outcome) {
    this.graph = new Graph(shipped);
    const { today, now, user } = shipped.env;
    this.env = { today: unwired(today), now: unwired(now), user: unwiredAll(user) } as Env;
    this.kept = new Set(shipped.kept);
    this.learn(shipped.known);
    for (const [section, names] of Object.entries(shipped.sections)) {
      for (const name of names) this.sectionOf.set(name, [...(this.sectionOf.get(name) ?? []), section]);
    }
    for (const line of Object.keys(shipped.lines)) this.rows[line] = [];
    for (const [name, value] of Object.entries(shipped.row)) this.put(this.record, name, unwired(value));
    for (const rule of this.graph.rules) this.mark(rule);
  }

  // Take what was typed; undefined is what only the server can read.
  put(part: Part, name: string, value: Value | undefined): void {
    const before = part.values[name];
    const known = !part.shut.has(name);
    part.values[name] = value ?? null;
    if (value === undefined) part.shut.add(name);
    else part.shut.delete(name);
    this.wanting ||= value === undefined;
    if (before === undefined || known !== (value !== undefined) || same(before, part.values[name]) !== true) {
      this.follow(part, name);
      this.changed(part, name);
    }
    this.outcome.behaves(part, name);
  }

  // The rows of a line field as they stand now.
  arrange(line: string, rows: Part[]): void {
    for (const row of rows) {
      if (this.rows[line]?.includes(row)) continue;
      row.values['record'] = this.record.values;
      for (const rule of this.graph.rules) if (rule.line === line) row.dirty.add(rule);
    }
    this.rows[line] = rows;
    this.record.values[line] = rows.filter((row) => !row.idle).map((row) => row.values);
    this.changed(this.record, line);
    for (const cell of Object.keys(this.shipped.lines[line]?.cells ?? {})) this.mark(...this.graph.after(`${line}.${cell}`));
  }

  learn(known: Known): void {
    for (const [place, rows] of Object.entries(known)) {
      const there = (this.known[place] ??= {});
      for (const [id, row] of Object.entries(rows)) there[id] = row && unwiredAll(row);
    }
    for (const part of [this.record, ...Object.values(this.rows).flat()]) {
      for (const name of Object.keys(part.values)) this.follow(part, name);
    }
  }

  // Run what is due, in the order of a save.
  run(): void {
    for (const rule of this.graph.rules) {
      for (const part of rule.line ? (this.rows[rule.line] ?? []) : [this.record]) {
        if (part.dirty.delete(rule)) this.apply(rule, part);
      }
    }
  }

  visible(part: Part, name: string): boolean {
    const sections = part === this.record ? (this.sectionOf.get(name) ?? []) : [];
    return !part.off.has(name) && !sections.some((section) => this.sectionsOff.has(section));
  }

  // Whether there is a rule for this, here or with the server.
  hasRule(what: What, part: Part, name: string): boolean {
    const place = part.line ? `${part.line}.${name}` : name;
    return this.kept.has(`${what}:${place}`) || Boolean(this.graph.of(what, name, part.line));
  }

  // Whether a rule stays with the server, for good or because of where a reference points now.
  isKept(what: What, part: Part, name: string): boolean {
    if (this.kept.has(`${what}:${part.line ? `${part.line}.` : ''}${name}`)) return true;
    const rule = this.graph.of(what, name, part.line);
    return Boolean(rule && !this.knows(rule, part));
  }

  // Take over what the server decided.
  decide(what: 'visible' | 'required' | 'readonly', part: Part, name: string, holds: boolean): void {
    const sections = part === this.record ? (this.sectionOf.get(name) ?? []) : [];
    const ours = !this.isKept(what, part, name);
    if (what !== 'visible' ? ours : ours && !sections.some((id) => this.isKept('section', part, id))) return;
    this.settle(part, what, name, holds);
  }

  lock(part: Part, name: string): void {
    const rule = this.graph.of('default', name, part.line);
    if (rule) part.dirty.add(rule);
  }

  private knows(rule: Rule, part: Part): boolean {
    return (
      rule.needs.every((name) => !this.record.shut.has(name)) &&
      rule.own.every((name) => !part.shut.has(name)) &&
      rule.cells.every(([line, name]) => (this.rows[line] ?? []).every((row) => row.idle || !row.shut.has(name)))
    );
  }

  private apply(rule: Rule, part: Part): void {
    const { what, name, run } = rule;
    if (what === 'default' && !this.follows(part, name)) return;
    if (!this.knows(rule, part)) {
      this.wanting = true;
      if (what === 'formula' || what === 'lookup') this.put(part, name, undefined);
      return;
    }
    if (what === 'lookup') this.look(rule, part);
    else if (what === 'formula') this.work(rule, part);
    else if (what === 'default') this.fill(rule, part);
    else this.settle(part, what, name, run!.holds(part.values, this.env));
  }

  private settle(part: Part, what: What, name: string, holds: boolean): void {
    if (what === 'check') {
      this.outcome.judges(name, holds);
      return;
    }
    const [set, on] =
      what === 'section' ? [this.sectionsOff, !holds]
      : what === 'visible' ? [part.off, !holds]
      : what === 'required' ? [part.needed, holds]
      : [part.locked, holds];
    if (set.has(name) === on) return;
    if (on) set.add(name);
    else set.delete(name);
    const fields = what === 'section' ? (this.shipped.sections[name] ?? []) : [name];
    for (const field of fields) this.outcome.behaves(part, field);
    const sections = what === 'section' ? [name] : what === 'visible' ? (this.sectionOf.get(name) ?? []) : [];
    if (part === this.record) for (const id of sections) this.showSection(id);
  }

  private showSection(id: string): void {
    const fields = this.shipped.sections[id] ?? [];
    this.outcome.section(id, fields.some((name) => this.visible(this.record, name)));
  }

  private follows(part: Part, name: string): boolean {
    const typed = part === this.record ? this.shipped.fields[name]?.read : true;
    return !typed || part.auto.has(name) || part.locked.has(name);
  }

  private look({ name, path }: Rule, part: Part): void {
    const [by = '', field = ''] = path.split('.');
    const there = part.values[`${by}.`] as Values | null | undefined;
    this.put(part, name, there?.[field] ?? null);
    this.outcome.follow(part, name);
  }

  private work({ name, run }: Rule, part: Part): void {
    const spec = this.spec(part, name)?.show;
    if (!spec) return;
    const value = kept(spec, run!.value(part.values, this.env));
    this.put(part, name, value);
    this.outcome.shows(part, name, shown(spec, value, this.shipped.locale));
  }

  private fill(rule: Rule, part: Part): void {
    const { name, run, blind, later } = rule;
    const spec = this.spec(part, name);
    const unseen = [...blind, ...later.filter((other) => this.follows(part, other))];
    const values = { ...part.values };
    for (const other of unseen) values[other] = null;
    const found = run!.value(unseen.length ? values : part.values, this.env);
    if (spec?.read) {
      const value = fitted(spec.read, found);
      this.put(part, name, value);
      if (part.auto.has(name)) this.outcome.fills(part, name, value);
    } else if (spec?.show) {
      this.put(part, name, kept(spec.show, found));
      this.outcome.shows(part, name, shown(spec.show, part.values[name] ?? null, this.shipped.locale));
    }
  }

  private spec(part: Part, name: string) {
    return part.line ? this.shipped.lines[part.line]?.cells[name] : this.shipped.fields[name];
  }

  private changed(part: Part, name: string): void {
    if (part.line) for (const rule of this.graph.afterCell(`${part.line}.${name}`)) part.dirty.add(rule);
    this.mark(...this.graph.after(part.line ? `${part.line}.${name}` : name));
    if (part.line) this.mark(...this.graph.after(part.line));
  }

  private mark(...rules: Rule[]): void {
    for (const rule of rules) {
      for (const part of rule.line ? (this.rows[rule.line] ?? []) : [this.record]) part.dirty.add(rule);
    }
  }

  // What stands under `site.`: where the reference points, as far as that is known.
  private follow(part: Part, name: string): void {
    const there = this.known[part.line ? `${part.line}.${name}` : name];
    if (!there) return;
    const id = part.values[name];
    const row = typeof id === 'string' ? there[id] : null;
    const was = [part.values[`${name}.`], part.shut.has(`${name}.`)];
    part.values[`${name}.`] = row ?? null;
    if (typeof id === 'string' && !row) part.shut.add(`${name}.`);
    else part.shut.delete(`${name}.`);
    if (typeof id === 'string' && row === undefined) this.wanting = true;
    if (was[0] !== part.values[`${name}.`] || was[1] !== part.shut.has(`${name}.`)) this.changed(part, name);
  }
}
