// Which built-in functions work on numbers?
import { negated } from '../arithmetic';
import { less } from '../comparing';
import { add, count, isWhole, remainder, roundTo } from '../decimals';
import { Decimal, integer, type Value } from '../values';

// The sign is the divisor's; a divisor of zero raises RangeError, and that is null.
function modulo(dividend: Decimal, divisor: Decimal): Decimal {
  const rest = remainder(dividend, divisor);
  return rest.digits && rest.digits < 0n !== divisor.digits < 0n ? add(rest, divisor) : rest;
}

const isEven = (value: Decimal): boolean => !remainder(value, integer(2)).digits;

export const NUMBERS = {
  // floor, ceiling, decimal and every `round …`.
  round: (value: Decimal, scale: Decimal, how: string) => roundTo(value, count(scale), how),
  abs: (value: Value) => {
    const flipped = negated(value);
    return less(value, flipped) ? flipped : value;
  },
  modulo,
  even: isEven,
  odd: (value: Decimal) => isWhole(value) && !isEven(value),
};
