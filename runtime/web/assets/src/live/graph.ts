// Which rules must run again when something of a form changes?
import { compile, type Expression } from '../expressions';
import { expressionOf, type Ruled, type Shipped, type What } from './shipped';

export type Rule = {
  what: What;
  name: string;
  line: string | null;
  // What a lookup follows: `site.code`.
  path: string;
  run: Expression | null;
  // What must be known of the record, of the own row, and of the rows of line fields. A name with
  // a dot behind it is what a reference points to.
  needs: string[];
  own: string[];
  cells: [string, string][];
  // Of what a default reads: what is not worked out yet when defaults are, and defaults after it.
  blind: string[];
  later: string[];
};

const unready = ['formula', 'lookup'];

export class Graph {
  readonly rules: Rule[];
  private readonly listeners = new Map<string, Rule[]>();
  private readonly inRow = new Map<string, Rule[]>();

  constructor(private readonly shipped: Shipped) {
    this.rules = shipped.rules.map((each) => this.rule(each));
  }

  // Rules to run when something of the record changed, `items.amount` for a cell of any row.
  after(name: string): readonly Rule[] {
    return this.listeners.get(name) ?? [];
  }

  // Rules to run in a row of which a cell changed.
  afterCell(place: string): readonly Rule[] {
    return this.inRow.get(place) ?? [];
  }

  of(what: What, name: string, line: string | null = null): Rule | undefined {
    return this.rules.find((one) => one.what === what && one.name === name && one.line === line);
  }

  private rule([what, name, line, tree, own, above]: Ruled): Rule {
    const run = tree === null ? null : compile(expressionOf(this.shipped, tree));
    const rule: Rule = { what, name, line, path: own[0] ?? '', run, needs: [], own: [], cells: [], blind: [], later: [] };
    for (const path of line ? above : own) this.read(rule, path.split('.'));
    if (line) for (const path of own) this.readRow(rule, line, path.split('.'));
    if (what === 'default') this.mindOrder(rule);
    return rule;
  }

  private read(rule: Rule, [top = '', ...beyond]: string[]): void {
    const [cell, ...further] = beyond;
    if (!this.shipped.lines[top]) {
      rule.needs.push(top);
      if (cell && this.shipped.known[top]) rule.needs.push(`${top}.`);
      listen(this.listeners, top, rule);
      return;
    }
    listen(this.listeners, cell ? `${top}.${cell}` : top, rule);
    if (cell) rule.cells.push([top, cell]);
    if (cell && further.length && this.shipped.known[`${top}.${cell}`]) rule.cells.push([top, `${cell}.`]);
  }

  private readRow(rule: Rule, line: string, [cell = '', ...beyond]: string[]): void {
    rule.own.push(cell);
    if (beyond.length && this.shipped.known[`${line}.${cell}`]) rule.own.push(`${cell}.`);
    listen(this.inRow, `${line}.${cell}`, rule);
  }

  private mindOrder(rule: Rule): void {
    const { rules } = this.shipped;
    const mine = rules.findIndex(([what, name, line]) => what === 'default' && name === rule.name && line === rule.line);
    const reads = rule.line ? rule.own : rule.needs;
    const named = (wanted: string[], from: number) =>
      rules.flatMap(([what, name, line], at) =>
        wanted.includes(what) && line === rule.line && at > from && reads.includes(name) ? [name] : [],
      );
    rule.blind = named(unready, -1);
    rule.later = named(['default'], mine);
  }
}

function listen(to: Map<string, Rule[]>, name: string, rule: Rule): void {
  const known = to.get(name);
  if (!known) to.set(name, [rule]);
  else if (!known.includes(rule)) known.push(rule);
}
