// Are two values the same, which one is less, and is a value within others?
import { aligned } from './calendar';
import { order as orderNumbers } from './decimals';
import {
  Range, entryOf, kindOf,
  type Context, type Decimal, type Kind, type Temporal, type Value,
} from './values';

export type Truth = boolean | null;

export const all = (...claims: Truth[]): Truth =>
  claims.includes(false) ? false : claims.includes(null) ? null : true;
export const any = (...claims: Truth[]): Truth =>
  claims.includes(true) ? true : claims.includes(null) ? null : false;
export const not = (claim: Truth): Truth => (claim === null ? null : !claim);

// Null for values of different kinds.
export function equal(left: Value, right: Value): Truth {
  if (left === null || right === null) return left === right;
  const kind = kindOf(left);
  return kind === kindOf(right) ? EQUAL[kind](left as never, right as never) : null;
}

const same = (left: Value, right: Value): Truth => left === right;

function sameTemporal(left: Temporal, right: Temporal): Truth {
  const counts = aligned(left, right);
  return counts && counts[0] === counts[1];
}

function sameList(left: Value[], right: Value[]): Truth {
  return (
    left.length === right.length &&
    left.every((item, index) => equal(item, right[index] ?? null) === true)
  );
}

function sameContext(left: Context, right: Context): Truth {
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => name in right && equal(left[name]!, entryOf(right, name)) === true)
  );
}

function sameRange(left: Range, right: Range): Truth {
  return (
    left.lowClosed === right.lowClosed &&
    left.highClosed === right.highClosed &&
    left.sign === right.sign &&
    equal(left.low, right.low) === true &&
    equal(left.high, right.high) === true
  );
}

const EQUAL: Record<Kind, (left: never, right: never) => Truth> = {
  n: (left: Decimal, right: Decimal) => orderNumbers(left, right) === 0,
  s: same,
  b: same,
  d: sameTemporal,
  t: sameTemporal,
  m: sameTemporal,
  D: sameTemporal,
  M: sameTemporal,
  l: sameList,
  c: sameContext,
  r: sameRange,
  0: same,
};

// By code points: a surrogate stands for a character beyond all others.
const rank = (unit: number): number => (unit < 0xd800 ? unit : unit > 0xdfff ? unit - 2048 : unit + 8192);

export function orderTexts(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const [a, b] = [left.charCodeAt(index), right.charCodeAt(index)];
    if (a !== b) return rank(a) - rank(b);
  }
  return left.length - right.length;
}

function orderTemporals(left: Temporal, right: Temporal): number | null {
  const counts = aligned(left, right);
  return counts && (counts[0] < counts[1] ? -1 : counts[0] > counts[1] ? 1 : 0);
}

// Negative, zero or positive; null if they can't be ordered.
export function order(left: Value, right: Value): number | null {
  const kind = kindOf(left);
  if (kind !== kindOf(right)) return null;
  if (kind === 's') return orderTexts(left as string, right as string);
  if (kind === 'n') return orderNumbers(left as Decimal, right as Decimal);
  return 'dtmDM'.includes(kind) ? orderTemporals(left as Temporal, right as Temporal) : null;
}

export const SIGNS: Record<string, (order: number) => boolean> = {
  '<': (found) => found < 0,
  '<=': (found) => found <= 0,
  '>': (found) => found > 0,
  '>=': (found) => found >= 0,
};

export function compared(sign: string, left: Value, right: Value): Truth {
  const found = order(left, right);
  return found === null ? null : SIGNS[sign]!(found);
}

export function inRange(value: Value, limits: Range): Truth {
  if (limits.sign === '=') return equal(value, limits.low);
  if (limits.sign === '!=') return not(equal(value, limits.low));
  const side = (end: Value, sign: string): Truth =>
    end === null && limits.sign ? value !== null || null : compared(sign, value, end);
  return all(
    side(limits.low, limits.lowClosed ? '>=' : '>'),
    side(limits.high, limits.highClosed ? '<=' : '<'),
  );
}

// Whether a value is in a list or range, or is the same as a value.
export function within(value: Value, container: Value): Truth {
  if (container instanceof Range) return inRange(value, container);
  if (!Array.isArray(container)) return equal(value, container);
  const matches = (item: Value): boolean =>
    (item instanceof Range && !(value instanceof Range)
      ? inRange(value, item)
      : equal(value, item)) === true;
  return container.some(matches) || (Array.isArray(value) && equal(value, container) === true);
}
