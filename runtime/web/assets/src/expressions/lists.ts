// How does the browser go through lists?
import { cellOf, runOf, runsOf, type Cells, type Run, type Tree } from './closures';
import { decided } from './comparing';
import { absolute, isWhole, whole } from './decimals';
import { itemAt } from './items';
import {
  Decimal, Range, Temporal, integer, kindOf, listed, type Context, type Env, type Value,
} from './values';

const MOST_STEPS = 10_000;

// What a condition gives for each item of a list; null without a list.
const walking =
  (walk: (items: readonly Value[], answer: (item: Value) => Value) => Value) =>
  (cells: Cells, local: string, source: Tree, condition: Tree): Run => {
    const cell = cellOf(cells, local);
    const [list, run] = runsOf(cells, [source, condition]) as [Run, Run];
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
  const kind = kindOf(source.low);
  if (kind !== kindOf(source.high) || !'nd'.includes(kind)) return null;
  const [first, last] = [source.low, source.high].map((end) =>
    end instanceof Temporal ? end.count : isWhole(end as Decimal) ? whole(end as Decimal) : null,
  ) as [bigint | null, bigint | null];
  if (first === null || last === null) return null;
  const length = Number(absolute(last - first));
  if (length > MOST_STEPS) return null;
  const found = Array.from({ length: length + 1 }, (_, index) => {
    const step = first + BigInt(first <= last ? index : -index);
    return kind === 'n' ? integer(step) : new Temporal('d', step);
  });
  return found.slice(source.lowClosed ? 0 : 1, source.highClosed ? undefined : -1);
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
