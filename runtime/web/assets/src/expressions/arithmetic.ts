// What do the operators give for two values?
import { DAY, addDays, addMonths, aligned, floorDivided, lasting } from './calendar';
import {
  add, adding, divide, divideExactly, minus, multiply, multiplying, roundTo, rounded, subtract,
  unlimited, whole,
} from './decimals';
import { Decimal, Temporal, integer, kindOf, type Value } from './values';

const isLong = (value: Value): value is Temporal => 'DM'.includes(kindOf(value));

function times({ kind, count }: Temporal, factor: Decimal): Temporal {
  // 1/3 is not exact: months that are whole but for the last digit are whole.
  const product = roundTo(multiply(integer(count), factor), kind === 'D' ? 0 : 12);
  return lasting(kind, whole(product!));
}

function later(moment: Temporal, { kind, count }: Temporal): Temporal | null {
  if (moment.kind === kind) return lasting(kind, moment.count + count);
  if (kind === 'M') return 'dm'.includes(moment.kind) ? addMonths(moment, count) : null;
  if (moment.kind !== 't') return moment.kind === 'M' ? null : addDays(moment, count);
  const sum = moment.count + count;
  return new Temporal('t', sum - floorDivided(sum, DAY) * DAY, moment.zone);
}

function apart(left: Temporal, right: Temporal): Temporal | null {
  const counts = aligned(left, right);
  return counts && lasting('D', (counts[0] - counts[1]) * (left.kind === 'd' ? DAY : 1n));
}

type Binary = (left: Decimal, right: Decimal) => Value;
const numeric: Record<string, Binary> = { '+': add, '-': subtract, '*': multiply, '/': divide };

// Numbers, whole numbers without limit, and the product of many places.
export const exact: Record<string, Record<string, Binary>> = {
  n: numeric,
  i: { '+': adding(unlimited), '-': adding(unlimited, -1n), '*': multiplying(unlimited) },
  r: { '*': (left, right) => rounded(multiply(left, right)) },
};

function withNumber(sign: string, left: Value, right: Decimal): Value {
  if (left instanceof Decimal) return numeric[sign]!(left, right);
  if (!isLong(left)) return null;
  if (sign === '*') return times(left, right);
  return sign === '/' && right.digits ? times(left, divideExactly(integer(1), right)) : null;
}

// Null for kinds that do not go together; too large a result raises RangeError.
export function compute(left: Value, right: Value, sign: string): Value {
  if (right instanceof Decimal) return withNumber(sign, left, right);
  const turns = left instanceof Decimal || (isLong(left) && !isLong(right));
  if (turns && '+*'.includes(sign)) return compute(right, left, sign);
  const plus = sign === '+';
  if (typeof left === 'string') return plus && typeof right === 'string' ? left + right : null;
  if (!(left instanceof Temporal) || !(right instanceof Temporal)) return null;
  if (isLong(right)) {
    if (plus) return later(left, right);
    if (sign === '-') return later(left, negated(right) as Temporal);
    const same = sign === '/' && left.kind === (right as Temporal).kind;
    return same ? divide(integer(left.count), integer(right.count)) : null;
  }
  return sign === '-' && left.kind === (right as Temporal).kind ? apart(left, right) : null;
}

export function negated(value: Value): Value {
  if (value instanceof Decimal) return minus(value);
  return isLong(value) ? lasting(value.kind, -value.count) : null;
}
