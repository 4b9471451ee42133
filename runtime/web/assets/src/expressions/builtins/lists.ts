// Which built-in functions work on lists?
import { compute } from '../arithmetic';
import { all, any, compared, equal } from '../comparing';
import {
  add, count, divide, divideExactly, multiply, order, rounded, subtract,
} from '../decimals';
import { squareRoot } from '../powers';
import { integer, kindOf, type Decimal, type Value } from '../values';

type Items = readonly Value[];
type Numbers = readonly Decimal[];

const contains = (items: Items, element: Value): boolean =>
  items.some((item) => equal(item, element) === true);

function index(items: Items, position: Decimal): number | null {
  const place = count(position);
  if (place === 0 || Math.abs(place) > items.length) return null;
  return place > 0 ? place - 1 : items.length + place;
}

// The list without some items at a position, and with others instead.
const spliced = (drop: number) => (items: Items, position: Decimal, ...added: Value[]) => {
  const at = index(items, position);
  return at === null ? null : [...items.slice(0, at), ...added, ...items.slice(at + drop)];
};

function sublist(items: Items, start: Decimal, length?: Decimal): Items | null {
  const first = index(items, start);
  if (first === null) return null;
  const end = length ? first + count(length) : items.length;
  return end <= items.length ? items.slice(first, end) : null;
}

function distinct(items: Items): Items {
  const found: Value[] = [];
  for (const item of items) if (!contains(found, item)) found.push(item);
  return found;
}

const ordered = (one: Value, other: Value): number =>
  compared('<', one, other) ? -1 : compared('<', other, one) ? 1 : 0;

const extreme = (sign: string) => (items: Items): Value => {
  const [first = null] = items;
  if (items.some((item) => kindOf(item) !== kindOf(first))) return null;
  return items.reduce((found, item) => (compared(sign, item, found) ? item : found), first);
};

// Null for an empty list, and for one with a null.
const folded = (sign: string) => (items: Items): Value =>
  items.length ? items.reduce((total, item) => compute(sign, total, item)) : null;

const sum = folded('+');

function mean(items: Numbers): Value {
  const total = sum(items);
  return total && divide(total as Decimal, integer(items.length));
}

function median(items: Numbers): Value {
  if (!items.length || items.includes(null as never)) return null;
  const sorted = [...items].sort(order);
  const half = items.length >> 1;
  return items.length % 2
    ? sorted[half]!
    : divide(add(sorted[half - 1]!, sorted[half]!), integer(2));
}

function deviation(items: Numbers): Value {
  const total = sum(items) as Decimal | null;
  if (items.length < 2 || !total) return null;
  const middle = divideExactly(total, integer(items.length));
  const squares = items.map((item) => {
    const apart = subtract(item, middle);
    return multiply(apart, apart);
  });
  const variance = divideExactly(sum(squares) as Decimal, integer(items.length - 1));
  return rounded(squareRoot(variance)!);
}

function mode(items: Numbers): Value {
  if (items.includes(null as never)) return null;
  const times = (wanted: Value): number => items.filter((item) => equal(item, wanted)).length;
  const most = Math.max(...items.map(times));
  return [...(distinct(items.filter((item) => times(item) === most)) as Numbers)].sort(order);
}

export const LISTS = {
  count: (items: Items) => integer(items.length),
  'list contains': contains,
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
  sort: (items: Items) => [...items].sort(ordered),
  min: extreme('<'),
  max: extreme('>'),
  all: (items: (boolean | null)[]) => all(...items),
  any: (items: (boolean | null)[]) => any(...items),
  sum,
  product: folded('*'),
  mean,
  median,
  stddev: deviation,
  mode,
};
