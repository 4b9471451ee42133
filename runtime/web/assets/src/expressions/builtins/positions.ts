// Which built-in functions make new lists?
import { equal, less } from '../comparing';
import { count } from '../decimals';
import { indexOf } from '../items';
import { integer, type Decimal, type Value } from '../values';
import { contains, type Items } from './lists';

// The list without some items at a position, and with others instead.
const spliced = (drop: number) => (items: Items, position: Decimal, ...added: Value[]) => {
  const at = indexOf(items, position);
  return at === null ? null : [...items.slice(0, at), ...added, ...items.slice(at + drop)];
};

function sublist(items: Items, start: Decimal, length?: Decimal): Items | null {
  const first = indexOf(items, start);
  if (first === null) return null;
  const end = length ? first + count(length) : items.length;
  return end <= items.length ? items.slice(first, end) : null;
}

export const distinct = (items: Items): Items =>
  items.reduce<Items>((found, item) => (contains(found, item) ? found : [...found, item]), []);

const ordered = (one: Value, other: Value): number =>
  less(one, other) ? -1 : Number(less(other, one));

export const sorted = (items: Items): Items => [...items].sort(ordered);

export const POSITIONS = {
  concatenate: (lists: Items[]) => lists.flat() as Items,
  append: (items: Items, ...added: Value[]) => [...items, ...added],
  'insert before': spliced(0),
  remove: spliced(1),
  'list replace': spliced(1),
  sublist,
  reverse: (items: Items) => [...items].reverse(),
  'index of': (items: Items, match: Value) =>
    items.flatMap((item, place) => (equal(item, match) === true ? [integer(place + 1)] : [])),
  'distinct values': distinct,
  union: (lists: Items[]) => distinct(lists.flat() as Items),
  flatten: (items: Items) => (items as any).flat(Infinity) as Items,
  sort: sorted,
};
