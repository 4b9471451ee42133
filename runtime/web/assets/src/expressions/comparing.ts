// Are two values the same, which one is less, and is a value within others?
import { aligned } from './calendar';
import { order } from './decimals';
import { Decimal, Range, Temporal, entryOf, kindOf, type Value } from './values';

export type Truth = boolean | null;

// The decisive answer if one item gives it, the other if all do, else null.
export function decided<T>(
  decisive: boolean, items: readonly T[], answer: (item: T) => Value,
): Truth {
  let known: Truth = !decisive;
  for (const item of items) {
    const found = answer(item);
    if (found === decisive) return decisive;
    if (found !== !decisive) known = null;
  }
  return known;
}

const itself = (claim: Truth): Truth => claim;
export const all = (...claims: Truth[]): Truth => decided(false, claims, itself);
export const any = (...claims: Truth[]): Truth => decided(true, claims, itself);
export const not = (claim: Truth): Truth => (claim === true ? false : claim === false || null);

// Null for values of different kinds.
export function equal(left: Value, right: Value): Truth {
  if (left instanceof Decimal && right instanceof Decimal) return !order(left, right);
  if (left === null || right === null) return left === right;
  if (kindOf(left) !== kindOf(right)) return null;
  if (left instanceof Temporal) {
    const counts = aligned(left, right as Temporal);
    return counts && counts[0] === counts[1];
  }
  return typeof left === 'object' ? sameParts(left, right as object) : left === right;
}

// Lists and ranges have entries too: their items, their ends.
function sameParts(left: object, right: object): boolean {
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => name in right && equal(entryOf(left, name), entryOf(right, name)))
  );
}

// By code points: a surrogate stands for a character beyond all others.
const key = (text: string): string => text.replace(/[\ud800-\udfff]/g, '\uffff$&');

// Null if they can't be ordered.
export function less(left: Value, right: Value): Truth {
  if (left instanceof Decimal && right instanceof Decimal) return order(left, right) < 0;
  if (typeof left === 'string' && typeof right === 'string') return key(left) < key(right);
  if (!(left instanceof Temporal) || kindOf(left) !== kindOf(right)) return null;
  const counts = aligned(left, right as Temporal);
  return counts && counts[0] < counts[1];
}

export function inRange(value: Value, { low, high, lowClosed, highClosed, sign }: Range): Truth {
  if (sign === '=') return equal(value, low);
  if (sign === '!=') return not(equal(value, low));
  // An end that is not written is no limit.
  const open = sign && value !== null;
  return all(
    open && low === null ? true : lowClosed ? not(less(value, low)) : less(low, value),
    open && high === null ? true : highClosed ? not(less(high, value)) : less(value, high),
  );
}

// Whether a value is in a list or range, or is the same as a value.
export function within(value: Value, container: Value): Truth {
  if (container instanceof Range) return inRange(value, container);
  if (!Array.isArray(container)) return equal(value, container);
  const matches = (item: Value): Truth =>
    item instanceof Range && !(value instanceof Range)
      ? inRange(value, item)
      : equal(value, item);
  return container.some(matches) || (Array.isArray(value) && equal(value, container));
}
