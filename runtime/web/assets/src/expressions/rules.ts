// Which function does each word of a tree stand for?
import { compute, exact, negated } from './arithmetic';
import { shownBy } from './calendar';
import { call } from './calls';
import {
  RULES, cellOf, constant, guarded, runOf, runsOf,
  type Rule, type Run, type Tree,
} from './closures';
import { decided, equal, less, not, within } from './comparing';
import { decimal } from './decimals';
import { itemAt } from './items';
import { filtered, quantified, repeated } from './lists';
import { entry } from './paths';
import { temporal } from './reading';
import { Range, Temporal, entryOf, kindOf, type Env, type Value } from './values';

const unary =
  (apply: (value: Value, part: any) => Value): Rule =>
  (cells, tree: Tree, part: unknown) => {
    const run = runOf(cells, tree);
    return (row, env) => apply(run(row, env), part);
  };

const binary =
  (apply: (one: any, other: any, part: any) => Value): Rule =>
  (cells, one: Tree, other: Tree, part: unknown) => {
    const [left, right] = runsOf(cells, [one, other]) as [Run, Run];
    return (row, env) => apply(left(row, env), right(row, env), part);
  };

const junction =
  (decisive: boolean): Rule =>
  (cells, ...trees: Tree[]) => {
    const runs = runsOf(cells, trees);
    return (row, env) => decided(decisive, runs, (run) => run(row, env));
  };

// How it is computed comes with the tree: where the kinds are not known before, what is too large
// is null in this place only.
const arithmetic: Rule = (cells, sign: string, one: Tree, other: Tree, how?: string) => {
  const apply = exact[how!]?.[sign] ?? compute;
  const run = binary((left, right) =>
    left === null || right === null ? null : apply(left, right, sign),
  )(cells, one, other);
  return how ? run : guarded(run);
};

const context: Rule = (cells, entries: [string, string, Tree][]) => {
  const made = entries.map(
    ([key, local, tree]) => [key, cellOf(cells, local), runOf(cells, tree)] as const,
  );
  return (row, env) =>
    Object.fromEntries(made.map(([key, cell, run]) => [key, (cell.value = run(row, env))]));
};

Object.assign<typeof RULES, typeof RULES>(RULES, {
  num: (_, text: string) => constant(decimal(text)),
  at: (_, text: string) => constant(temporal(text)),
  name: (_, name: string) => (row) => entryOf(row, name),
  local: (cells, local: string) => {
    const cell = cellOf(cells, local);
    return () => cell.value;
  },
  env: (_, name: keyof Env) => (_row, env) => env[name],
  entry: unary(entry),
  // An entry of a filter's item, or what the name means outside.
  item: binary((item, outside, name: string) =>
    kindOf(item) === 'c' && name in item ? entryOf(item, name) : outside,
  ),
  and: junction(false),
  or: junction(true),
  not: unary((value) => not(value as boolean)),
  neg: unary(negated),
  '=': binary(equal),
  '<': binary(less),
  arith: arithmetic,
  // A typed list that is null has nothing in it that could be told.
  among: binary((value, container, typed) =>
    typed && container === null ? null : within(value, container),
  ),
  let: (cells, local: string, value: Tree, body: Tree) => {
    const cell = cellOf(cells, local);
    const [held, run] = runsOf(cells, [value, body]) as [Run, Run];
    return (row, env) => {
      cell.value = held(row, env);
      return run(row, env);
    };
  },
  if: (cells, ...trees: Tree[]) => {
    const [test, then, otherwise] = runsOf(cells, trees) as [Run, Run, Run];
    return (row, env) => (test(row, env) === true ? then : otherwise)(row, env);
  },
  some: quantified(true),
  every: quantified(false),
  for: repeated,
  filter: filtered,
  pick: binary(itemAt),
  list: (cells, ...trees: Tree[]) => {
    const runs = runsOf(cells, trees);
    return (row, env) => runs.map((run) => run(row, env));
  },
  context,
  range: binary((low, high, [lowClosed, highClosed, sign]) =>
    new Range(low, high, lowClosed, highClosed, sign),
  ),
  call,
  // A local moment is meant in the zone of the request.
  zone: binary((moment, { zone }: Temporal) =>
    moment?.zone === undefined ? moment && new Temporal('m', moment.count, zone) : moment,
  ),
  // A moment as the clock of the request shows it.
  clock: binary((moment, { zone }: Temporal) =>
    moment?.zone === undefined ? moment : shownBy(zone, moment),
  ),
});
