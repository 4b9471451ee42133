// Which built-in functions look at whole lists?
import { compute } from '../arithmetic';
import { all, any, equal, less } from '../comparing';
import { divide } from '../decimals';
import { integer, kindOf, type Decimal, type Value } from '../values';

export type Items = readonly Value[];

export const contains = (items: Items, element: Value): boolean =>
  items.some((item) => equal(item, element) === true);

const extreme = (comes: (one: Value, other: Value) => unknown) => (items: Items): Value => {
  const [first = null] = items;
  if (items.some((item) => kindOf(item) !== kindOf(first))) return null;
  return items.reduce((found, item) => (comes(item, found) ? item : found), first);
};

// Null for an empty list, and for one with a null.
export const folded = (sign: string) => (items: Items): Value =>
  items.length ? items.reduce((total, item) => compute(total, item, sign)) : null;

export const sum = folded('+');

function mean(items: Items): Value {
  const total = sum(items);
  return total && divide(total as Decimal, integer(items.length));
}

export const LISTS = {
  // The length of a text, too: its characters, not its units.
  count: (items: Items | string) => integer([...items].length),
  'list contains': contains,
  min: extreme(less),
  max: extreme((one, other) => less(other, one)),
  all: (items: (boolean | null)[]) => all(...items),
  any: (items: (boolean | null)[]) => any(...items),
  sum,
  mean,
};
