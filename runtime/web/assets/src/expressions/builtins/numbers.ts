// Which built-in functions work on numbers?
import { negated } from '../arithmetic';
import { less } from '../comparing';
import {
  add, count, isWhole, remainder, roundTo, whole,
} from '../decimals';
import { Decimal, integer, type Value } from '../values';

// The sign is the divisor's.
function modulo(dividend: Decimal, divisor: Decimal): Decimal | null {
  if (!divisor.digits) return null;
  const rest = remainder(dividend, divisor);
  return rest.digits && rest.digits < 0n !== divisor.digits < 0n ? add(rest, divisor) : rest;
}

export const NUMBERS = {
  // floor, ceiling, decimal and every `round …`.
  round: (value: Decimal, scale: Decimal, how: string) => roundTo(value, count(scale), how),
  abs: (value: Value) => {
    const flipped = negated(value);
    return less(value, flipped) ? flipped : value;
  },
  modulo,
  even: (value: Decimal) => !remainder(value, integer(2)).digits,
  odd: (value: Decimal) => {
    const rest = remainder(value, integer(2));
    return isWhole(rest) && whole(rest) !== 0n;
  },
};
