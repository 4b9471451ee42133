// How does the browser go through lists?
import type { Maker, Run, Tree } from './closures';
import type { Truth } from './comparing';
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
  return (place === 0 ? null : found[place > 0 ? place - 1 : found.length + place]) ?? null;
}

export function quantified(
  make: Maker, decisive: boolean, local: string, source: Tree, condition: Tree,
): Run {
  const [items, cell, run] = [make.run(source), make.cell(local), make.run(condition)];
  return (row, env) => {
    const found = listed(items(row, env));
    if (!found) return null;
    let known: Truth = !decisive;
    for (const item of found) {
      cell.value = item;
      const answer = run(row, env);
      if (answer === decisive) return decisive;
      if (answer !== !decisive) known = null;
    }
    return known;
  };
}

// The items that pass; where the brackets hold a number after all, the item at that position.
export function filtered(make: Maker, local: string, base: Tree, predicate: Tree): Run {
  const [items, cell, run] = [make.run(base), make.cell(local), make.run(predicate)];
  return (row, env) => {
    const found = listed(items(row, env));
    if (!found) return null;
    const kept: Value[] = [];
    for (const item of found) {
      cell.value = item;
      const answer = run(row, env);
      if (answer === true) kept.push(item);
      else if (answer instanceof Decimal) return itemAt(found, answer);
      else if (answer !== null && answer !== false) return null;
    }
    return kept;
  };
}

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
  const [first, last] = [Number((low as Temporal).count), Number((high as Temporal).count)];
  return counted(source, first, last, (day) => new Temporal('d', BigInt(day)));
}

function counted(
  { lowClosed, highClosed }: Range, low: number, high: number, made: (step: number) => Value,
): Value[] | null {
  if (Math.abs(high - low) > MOST_STEPS) return null;
  const step = low <= high ? 1 : -1;
  const end = highClosed ? high + step : high;
  const found: Value[] = [];
  for (let at = lowClosed ? low : low + step; (end - at) * step > 0; at += step) {
    found.push(made(at));
  }
  return found;
}

export function repeated(make: Maker, bindings: [string, Tree][], body: Tree, partial: string): Run {
  const results = make.cell(partial);
  const loops = bindings.map(([local, source]) => ({
    items: make.run(source), cell: make.cell(local),
  }));
  const run = make.run(body);
  const walk = (depth: number, made: Value[], row: Context, env: Env): boolean => {
    const loop = loops[depth];
    if (!loop) {
      results.value = made;
      made.push(run(row, env));
      return true;
    }
    const items = steps(loop.items(row, env));
    return !!items?.every((item) => {
      loop.cell.value = item;
      return walk(depth + 1, made, row, env);
    });
  };
  return (row, env) => {
    const made: Value[] = [];
    return walk(0, made, row, env) ? made : null;
  };
}
