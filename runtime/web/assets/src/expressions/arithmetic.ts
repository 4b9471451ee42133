// What do the operators give for two values?
import {
  DAY, addDays, addMonths, aligned, days, floorDivided, months, offsetOf,
} from './calendar';
import {
  add, cut, divide, divideExactly, fitted, minus, multiply, roundTo, subtract, whole,
} from './decimals';
import { power } from './powers';
import { Decimal, Temporal, integer, kindOf, type Value } from './values';

type T = Temporal;
type Operation = (left: never, right: never) => Value;

function daysTimes(duration: T, factor: Decimal): T {
  const product = multiply(integer(duration.count), factor);
  return days(whole(roundTo(product, 0, 'half up') ?? product));
}

// 1/3 is not exact: a product that is whole but for the last digit is whole.
function monthsTimes(duration: T, factor: Decimal): T {
  const { digits, scale } = multiply(integer(duration.count), factor);
  const near = scale > 12 ? new Decimal(cut(digits, scale - 12, 'half up'), 12) : fitted(digits, scale);
  return months(whole(near));
}

const inverse = (value: Decimal): Decimal => divideExactly(integer(1), value);

function shifted(clock: T, duration: bigint): T {
  const count = clock.count + duration;
  return new Temporal('t', count - floorDivided(count, DAY) * DAY, clock.zone);
}

function clocksApart(left: T, right: T): T | null {
  const [one, other] = [offsetOf(left), offsetOf(right)];
  if ((one === null) !== (other === null)) return null;
  return days(left.count - (one ?? 0n) - right.count + (other ?? 0n));
}

function momentsApart(left: T, right: T): T | null {
  const counts = aligned(left, right);
  return counts && days(counts[0] - counts[1]);
}

const TABLE: Record<string, Operation> = {
  'n+n': add,
  's+s': (a: string, b: string) => a + b,
  'D+D': (a: T, b: T) => days(a.count + b.count),
  'M+M': (a: T, b: T) => months(a.count + b.count),
  'd+D': (a: T, b: T) => addDays(a, b.count),
  'd+M': (a: T, b: T) => addMonths(a, b.count),
  'm+D': (a: T, b: T) => addDays(a, b.count),
  'm+M': (a: T, b: T) => addMonths(a, b.count),
  't+D': (a: T, b: T) => shifted(a, b.count),
  'n-n': subtract,
  'D-D': (a: T, b: T) => days(a.count - b.count),
  'M-M': (a: T, b: T) => months(a.count - b.count),
  'd-d': (a: T, b: T) => days((a.count - b.count) * DAY),
  'd-D': (a: T, b: T) => addDays(a, -b.count),
  'd-M': (a: T, b: T) => addMonths(a, -b.count),
  'm-m': momentsApart,
  'm-D': (a: T, b: T) => addDays(a, -b.count),
  'm-M': (a: T, b: T) => addMonths(a, -b.count),
  't-t': clocksApart,
  't-D': (a: T, b: T) => shifted(a, -b.count),
  'n*n': multiply,
  'D*n': daysTimes,
  'M*n': monthsTimes,
  'n/n': divide,
  'D/n': (a: T, b: Decimal) => (b.digits ? daysTimes(a, inverse(b)) : null),
  'M/n': (a: T, b: Decimal) => (b.digits ? monthsTimes(a, inverse(b)) : null),
  'D/D': (a: T, b: T) => divide(integer(a.count), integer(b.count)),
  'M/M': (a: T, b: T) => divide(integer(a.count), integer(b.count)),
  'n**n': power,
};

// Null for kinds that do not go together; too large a result raises RangeError.
export function compute(sign: string, left: Value, right: Value): Value {
  const [one, other] = [kindOf(left), kindOf(right)];
  const known = TABLE[one + sign + other];
  if (known) return known(left as never, right as never);
  const turned = '+*'.includes(sign) && TABLE[other + sign + one];
  return turned ? turned(right as never, left as never) : null;
}

export function negated(value: Value): Value {
  if (value instanceof Decimal) return minus(value);
  const kind = kindOf(value);
  if (kind === 'D') return days(-(value as T).count);
  return kind === 'M' ? months(-(value as T).count) : null;
}
