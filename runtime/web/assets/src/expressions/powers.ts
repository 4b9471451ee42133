// What are powers and roots of exact numbers, to 34 digits?
import { absolute, cut, divideExactly, fitted, isWhole, lengthOf, minus, tenTo, whole } from './decimals';
import { Decimal, integer, type Value } from './values';

const GUARDED = 80;
const ONE = tenTo(GUARDED);

// Logarithm and exponential of numbers that are scaled by ONE.
function logarithm(value: bigint): bigint {
  const ratio = ((value - ONE) * ONE) / (value + ONE);
  let sum = 0n;
  let term = 2n * ratio;
  for (let divisor = 1n; term; divisor += 2n) {
    sum += term / divisor;
    term = (((term * ratio) / ONE) * ratio) / ONE;
  }
  return sum;
}

function exponential(value: bigint): bigint {
  let sum = ONE;
  let term = ONE;
  for (let index = 1n; term; index += 1n) {
    term = (term * value) / (ONE * index);
    sum += term;
  }
  return sum;
}

// By logarithms; too large or too small an answer shows when it is fitted.
function positivePower(digits: bigint, scale: number, exponent: Decimal): Decimal {
  const length = lengthOf(digits);
  const ten = logarithm(10n * ONE);
  // digits = mantissa · 10^length, with a mantissa from 0.1 to 1.
  const natural = logarithm((digits * ONE) / tenTo(length)) + BigInt(length - scale) * ten;
  const product = whole(new Decimal(natural * exponent.digits, exponent.scale));
  const shift = product / ten;
  // What is exact but for the last guarding digits is exact.
  const found = cut(exponential(product - shift * ten), 30);
  return fitted(found, GUARDED - 30 - Number(shift));
}

// Null where no real number is the answer.
export function power(base: Value, exponent: Value): Decimal | null {
  if (!(base instanceof Decimal) || !(exponent instanceof Decimal)) return null;
  const { digits, scale } = base;
  const times = whole(exponent);
  const count = Number(absolute(times));
  if (!digits) return exponent.digits > 0n ? integer(0) : null;
  if (isWhole(exponent) && count < 500) {
    const found = new Decimal(digits ** BigInt(count), scale * count);
    return times < 0n ? divideExactly(integer(1), found) : fitted(found.digits, found.scale);
  }
  if (digits < 0n && !isWhole(exponent)) return null;
  const found = positivePower(absolute(digits), scale, exponent);
  return digits < 0n && times % 2n ? minus(found) : found;
}

const HALF = new Decimal(5n, 1);

export const squareRoot = (value: Value): Decimal | null => power(value, HALF);
