// Which function does a part of a tree become?
//
// Nothing is made from text: every word of a tree has its rule here, and no other runs.
import { compute, negated } from './arithmetic';
import { call } from './calls';
import { SIGNS, all, compared, equal, order, within, type Truth } from './comparing';
import {
  add, addWhole, decimal, multiply, multiplyWhole, order as orderNumbers, rounded, subtract,
  subtractWhole,
} from './decimals';
import { filtered, itemAt, quantified, repeated, type Cell } from './lists';
import { entry, property } from './paths';
import { day, duration, moment, time } from './reading';
import {
  Decimal, Range, Temporal, entryOf, kindOf,
  type Context, type Env, type Value,
} from './values';

export type Tree = readonly [word: string, ...parts: any[]];
export type Run = (row: Context, env: Env) => Value;
type Rule = (make: Maker, ...parts: any[]) => Run;

// Makes the functions of one tree; a local name is a cell that its loop fills.
export class Maker {
  readonly cells: Record<string, Cell> = {};

  run(tree: Tree): Run {
    const rule = RULES[tree[0]];
    if (!rule) throw new Error(`not for the browser: ${tree[0]}`);
    return rule(this, ...tree.slice(1));
  }

  runs(trees: readonly Tree[]): Run[] {
    return trees.map((tree) => this.run(tree));
  }

  cell(local: string): Cell {
    return (this.cells[local] ??= { value: null });
  }
}

const constant = (value: Value): Run => () => value;
const told = (read: (text: string) => Value): Rule => (_, text: string) => constant(read(text));

// A name that every object has must be the row's own.
const reading = (name: string): ((row: Context) => Value) =>
  name in {} ? (row) => entryOf(row, name) : (row) => row[name] ?? null;

const column: Rule = (make, base: Tree, name: string) => {
  const [run, read] = [make.run(base), reading(name)];
  return (row, env) => {
    const found = run(row, env) as Context | null;
    return found === null ? null : read(found);
  };
};

const projected: Rule = (make, base: Tree, name: string) => {
  const [run, read] = [make.run(base), reading(name)];
  return (row, env) => {
    const found = run(row, env) as readonly (Context | null)[] | null;
    return found && found.map((item) => item && read(item));
  };
};

// `decisive` if one is, the other if all are the other, else null.
const junction =
  (decisive: boolean): Rule =>
  (make, ...trees: Tree[]) => {
    const runs = make.runs(trees);
    return (row, env) => {
      let known: Truth = !decisive;
      for (const run of runs) {
        const answer = run(row, env);
        if (answer === decisive) return decisive;
        if (answer !== !decisive) known = null;
      }
      return known;
    };
  };

const SAME: Record<string, (left: Value, right: Value) => Truth> = {
  s: (left, right) => left === right,
  b: (left, right) => left === right,
  n: (left, right) =>
    left === right || (!!left && !!right && !orderNumbers(left as Decimal, right as Decimal)),
};

// The kind of both sides comes with the tree where it is known.
const comparison: Rule = (make, sign: string, one: Tree, other: Tree, kind?: string) => {
  const [left, right] = make.runs([one, other]) as [Run, Run];
  const test = SIGNS[sign];
  if (!test) {
    const same = SAME[kind ?? ''] ?? equal;
    const wanted = sign === '=';
    return (row, env) => {
      const found = same(left(row, env), right(row, env));
      return found === null ? null : found === wanted;
    };
  }
  const ordered = (kind === 'n' ? orderNumbers : order) as typeof order;
  return (row, env) => {
    const a = left(row, env);
    const b = a === null ? null : right(row, env);
    const found = b === null ? null : ordered(a, b);
    return found === null ? null : test(found);
  };
};

type Binary = (left: Decimal, right: Decimal) => Decimal;
const multiplyRounded: Binary = (left, right) => rounded(multiply(left, right));
const NUMERIC: Record<string, Binary> = {
  'n+': add, 'n-': subtract, 'n*': multiply,
  'i+': addWhole, 'i-': subtractWhole, 'i*': multiplyWhole,
  'r*': multiplyRounded,
};

// Where the kinds are not known before, what is too large is null in this place only.
const arithmetic: Rule = (make, sign: string, one: Tree, other: Tree, kind?: string) => {
  const [left, right] = make.runs([one, other]) as [Run, Run];
  const numeric = NUMERIC[kind + sign];
  if (numeric) {
    return (row, env) => {
      const a = left(row, env);
      const b = a === null ? null : right(row, env);
      return b === null ? null : numeric(a as Decimal, b as Decimal);
    };
  }
  const run: Run = (row, env) => compute(sign, left(row, env), right(row, env));
  return kind ? run : guarded(run);
};

// Null for what is too large.
export const guarded =
  (run: Run): Run =>
  (row, env) => {
    try {
      return run(row, env);
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  };

type Test = (value: Value, row: Context, env: Env) => Value;
const TESTS: Record<string, (make: Maker, ...parts: any[]) => Test> = {
  test: (make, sign: string, operand: Tree) => {
    const run = make.run(operand);
    if (SIGNS[sign]) return (value, row, env) => compared(sign, value, run(row, env));
    return (value, row, env) => {
      const same = equal(value, run(row, env));
      return same === null ? null : same === (sign === '=');
    };
  },
  // A typed list that is null has nothing in it that could be told.
  among: (make, operand: Tree, typed: boolean) => {
    const run = make.run(operand);
    return (value, row, env) => {
      const container = run(row, env);
      return typed && container === null ? null : within(value, container);
    };
  },
  between: (make, low: Tree, high: Tree, lowClosed: boolean, highClosed: boolean) => {
    const [from, to] = make.runs([low, high]) as [Run, Run];
    const [above, below] = [lowClosed ? '>=' : '>', highClosed ? '<=' : '<'];
    return (value, row, env) =>
      all(compared(above, value, from(row, env)), compared(below, value, to(row, env)));
  },
  when: (make, local: string, condition: Tree) => {
    const cell = make.cell(local);
    const run = make.run(condition);
    return (value, row, env) => {
      cell.value = value;
      return run(row, env);
    };
  },
};

const membership: Rule = (make, tested: Tree, trees: Tree[]) => {
  const run = make.run(tested);
  const tests = trees.map(([word, ...parts]) => TESTS[word]!(make, ...parts));
  const [only] = tests;
  if (only && tests.length === 1) return (row, env) => only(run(row, env), row, env);
  return (row, env) => {
    const value = run(row, env);
    let known: Truth = false;
    for (const test of tests) {
      const answer = test(value, row, env);
      if (answer === true) return true;
      if (answer !== false) known = null;
    }
    return known;
  };
};

const choice: Rule = (make, ...trees: Tree[]) => {
  const [condition, then, otherwise] = make.runs(trees) as [Run, Run, Run];
  return (row, env) => (condition(row, env) === true ? then : otherwise)(row, env);
};

const context: Rule = (make, entries: [string, string, Tree][]) => {
  const made = entries.map(([key, local, tree]) => {
    const run = make.run(tree);
    return { key, run, cell: make.cell(local) };
  });
  return (row, env) =>
    Object.fromEntries(
      made.map(({ key, run, cell }) => [key, (cell.value = run(row, env))]),
    );
};

const range: Rule = (
  make, low: Tree, high: Tree, lowClosed: boolean, highClosed: boolean, sign: string,
) => {
  const [from, to] = make.runs([low, high]) as [Run, Run];
  return (row, env) => new Range(from(row, env), to(row, env), lowClosed, highClosed, sign);
};

// A local moment is meant in the zone of the request.
const zoned: Rule = (make, operand: Tree) => {
  const run = make.run(operand);
  return (row, env) => {
    const found = run(row, env);
    return found instanceof Temporal && found.zone === undefined
      ? new Temporal('m', found.count, env.now.zone)
      : found;
  };
};

const unary =
  (change: (value: Value) => Value): Rule =>
  (make, operand: Tree) => {
    const run = make.run(operand);
    return (row, env) => change(run(row, env));
  };

const RULES: Record<string, Rule> = {
  num: told(decimal),
  str: (_, text: string) => constant(text),
  bool: (_, value: boolean) => constant(value),
  null: () => constant(null),
  date: told(day),
  time: told(time),
  datetime: told(moment),
  duration: told(duration),
  pattern: (_, source: string, flags: string) => {
    const pattern = new RegExp(source, flags);
    return constant(pattern as never);
  },
  name: (_, name: string) => reading(name),
  local: (make, local: string) => {
    const cell = make.cell(local);
    return () => cell.value;
  },
  item: (make, name: string, tested: Tree, outside: Tree | null) => {
    const [item, outer] = [make.run(tested), outside && make.run(outside)];
    return (row, env) => {
      const found = item(row, env);
      return kindOf(found) === 'c' && Object.keys(found as Context).includes(name)
        ? entryOf(found as Context, name)
        : outer && outer(row, env);
    };
  },
  env: (_, name: 'today' | 'now' | 'user') => (_row, env) => env[name],
  col: column,
  all: projected,
  prop: (make, base: Tree, name: string) => unary((found) => property(found, name))(make, base),
  entry: (make, base: Tree, name: string) => unary((found) => entry(found, name))(make, base),
  and: junction(false),
  or: junction(true),
  not: unary((found) => (found === true ? false : found === false || null)),
  neg: unary(negated),
  cmp: comparison,
  arith: arithmetic,
  in: membership,
  if: choice,
  some: (make, ...parts) => quantified(make, true, ...(parts as [string, Tree, Tree])),
  every: (make, ...parts) => quantified(make, false, ...(parts as [string, Tree, Tree])),
  for: repeated,
  filter: filtered,
  at: (make, base: Tree, position: Tree) => {
    const [items, place] = make.runs([base, position]) as [Run, Run];
    return (row, env) => itemAt(items(row, env), place(row, env));
  },
  list: (make, ...trees: Tree[]) => {
    const runs = make.runs(trees);
    return (row, env) => runs.map((run) => run(row, env));
  },
  context,
  range,
  call,
  zone: zoned,
};
