// How does the browser go through lists?
import { cellOf, runOf, type Cells, type Run, type Tree } from './closures';
import { decided } from './comparing';
import { count, isWhole } from './decimals';
import {
  Decimal, Range, Temporal, integer, kindOf, listed, type Context, type Env, type Value,
} from './values';

export type Cell = { value: Value };

const MOST_STEPS = 10_000;

// From 1, from the end if negative; null beyond the ends.
export function itemAt(items: Value, position: Value): Value {
  const found = listed(items);
  if (!found || !(position instanceof Decimal)) return null;
  const place = count(position);
  return (place ? found[place > 0 ? place - 1 : found.length + place] : null) ?? null;
}

// What a condition gives for each item of a list; null without a list.
const walking =
  (walk: (items: readonly Value[], answer: (item: Value) => Value) => Value) =>
  (cells: Cells, local: string, source: Tree, condition: Tree): Run => {
    const cell = cellOf(cells, local);
    const [list, run] = [runOf(cells, source), runOf(cells, condition)];
    return (row, env) => {
      const items = listed(list(row, env));
      return items && walk(items, (item) => {
        cell.value = item;
        return run(row, env);
      });
    };
  };

export const quantified = (decisive: boolean) =>
  walking((items, answer) => decided(decisive, items, answer));

// The items that pass; where the brackets hold a number after all, the item at that position.
export const filtered = walking((items, answer) => {
  const kept: Value[] = [];
  for (const item of items) {
    const found = answer(item);
    if (found === true) kept.push(item);
    else if (found) return itemAt(items, found);
  }
  return kept;
});

// What a loop goes through; null if there is nothing to go through.
function steps(source: Value): readonly Value[] | null {
  if (!(source instanceof Range)) return listed(source);
  const { low, high } = source;
  if (low instanceof Decimal && high instanceof Decimal) {
    return isWhole(low) && isWhole(high)
      ? counted(source, count(low), count(high), integer)
      : null;
  }
  if (kindOf(low) !== 'd' || kindOf(high) !== 'd') return null;
  const [first, last] = [low, high].map((day) => Number((day as Temporal).count));
  return counted(source, first!, last!, (day) => new Temporal('d', BigInt(day)));
}

function counted(
  { lowClosed, highClosed }: Range, low: number, high: number, made: (step: number) => Value,
): Value[] | null {
  const length = Math.abs(high - low);
  if (length > MOST_STEPS) return null;
  const step = low <= high ? 1 : -1;
  const found = Array.from({ length: length + 1 }, (_, index) => made(low + index * step));
  return found.slice(lowClosed ? 0 : 1, highClosed ? undefined : -1);
}

export function repeated(
  cells: Cells, bindings: [string, Tree][], body: Tree, partial: string,
): Run {
  const results = cellOf(cells, partial);
  const loops = bindings.map(
    ([local, source]) => [cellOf(cells, local), runOf(cells, source)] as const,
  );
  const run = runOf(cells, body);
  return (row: Context, env: Env) => {
    const made: Value[] = [];
    const walk = (depth: number): boolean => {
      const loop = loops[depth];
      if (!loop) {
        results.value = made;
        made.push(run(row, env));
        return true;
      }
      const [cell, source] = loop;
      return !!steps(source(row, env))?.every((item) => {
        cell.value = item;
        return walk(depth + 1);
      });
    };
    return walk(0) ? made : null;
  };
}
