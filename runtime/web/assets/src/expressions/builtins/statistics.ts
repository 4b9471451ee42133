// Which built-in functions work on many numbers, or take powers and roots?
import { equal } from '../comparing';
import { add, divide, divideExactly, rounded, subtract } from '../decimals';
import { power, squareRoot } from '../powers';
import { integer, type Decimal, type Value } from '../values';
import { folded, sum } from './lists';
import { distinct, sorted } from './positions';

type Numbers = readonly Decimal[];
const lacks = (items: Numbers): boolean => !items.length || items.includes(null as never);

function median(items: Numbers): Value {
  if (lacks(items)) return null;
  const order = sorted(items) as Numbers;
  const half = items.length >> 1;
  return items.length % 2 ? order[half]! : divide(add(order[half - 1]!, order[half]!), integer(2));
}

function deviation(items: Numbers): Value {
  if (lacks(items)) return null;
  const middle = divideExactly(sum(items) as Decimal, integer(items.length));
  const squares = items.map((item) => power(subtract(item, middle), integer(2)));
  // Of one number there is none: a division by zero raises RangeError, and that is null.
  const variance = divideExactly(sum(squares) as Decimal, integer(items.length - 1));
  return rounded(squareRoot(variance)!);
}

function mode(items: Numbers): Value {
  if (items.includes(null as never)) return null;
  const times = (wanted: Value): number => items.filter((item) => equal(item, wanted)).length;
  const most = Math.max(...items.map(times));
  return sorted(distinct(items.filter((item) => times(item) === most)));
}

export const STATISTICS = {
  median,
  stddev: deviation,
  mode,
  product: folded('*'),
  sqrt: squareRoot,
  '**': power,
};
