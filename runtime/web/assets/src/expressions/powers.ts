// What are powers and roots of exact numbers, to 34 digits?
import { divideExactly, fitted, isWhole, lengthOf, tenTo, whole } from './decimals';
import { Decimal, integer } from './values';

const GUARDED = 60;
const ONE = tenTo(GUARDED);

function rootOf(square: bigint): bigint {
  let guess = tenTo((lengthOf(square) + 1) >> 1);
  for (;;) {
    const better = (guess + square / guess) >> 1n;
    if (better >= guess) return guess;
    guess = better;
  }
}

export function squareRoot(value: Decimal): Decimal | null {
  if (value.digits <= 0n) return value.digits ? null : value;
  // An even scale, and enough digits that the last one decides.
  const more = 2 * Math.max(0, 36 - (lengthOf(value.digits) >> 1)) + (Math.abs(value.scale) % 2);
  const square = value.digits * tenTo(more);
  const root = rootOf(square);
  const last = root * root < square && root % 5n === 0n ? 1n : 0n;
  return fitted(root + last, (value.scale + more) / 2);
}

type Float = { digits: bigint; exponent: number };

// So many digits that the error of a product does not show in the first 34.
function shortened({ digits, exponent }: Float): Float {
  const spare = lengthOf(digits) - GUARDED;
  return spare > 0
    ? { digits: digits / tenTo(spare), exponent: exponent + spare }
    : { digits, exponent };
}

function repeated(base: Decimal, times: bigint): Float {
  let result: Float = { digits: 1n, exponent: 0 };
  let square: Float = { digits: base.digits, exponent: -base.scale };
  for (let rest = times; rest; rest >>= 1n) {
    if (rest & 1n) {
      result = shortened({
        digits: result.digits * square.digits,
        exponent: result.exponent + square.exponent,
      });
    }
    square = shortened({ digits: square.digits ** 2n, exponent: 2 * square.exponent });
  }
  return result;
}

// About how many digits a number has before its point.
function magnitude({ digits, scale }: Decimal): number {
  const length = lengthOf(digits);
  const head = Number(digits < 0n ? -digits : digits) / (length > 300 ? Infinity : 10 ** length);
  return Math.log10(head || 0.5) + length - scale;
}

function wholePower(base: Decimal, exponent: bigint): Decimal | null {
  const size = magnitude(base) * Number(exponent);
  if (size > 6200) return null;
  if (size < -6400) return integer(0);
  const { digits, exponent: power } = repeated(base, exponent < 0n ? -exponent : exponent);
  const positive = new Decimal(digits, -power);
  return exponent < 0n ? divideExactly(integer(1), positive) : fitted(digits, -power);
}

// Logarithm and exponential of numbers that are scaled by ONE.
function logarithm(value: bigint): bigint {
  const ratio = ((value - ONE) * ONE) / (value + ONE);
  const square = (ratio * ratio) / ONE;
  let sum = 0n;
  let term = ratio;
  for (let divisor = 1n; term; divisor += 2n) {
    sum += term / divisor;
    term = (term * square) / ONE;
  }
  return 2n * sum;
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

function brokenPower(base: Decimal, exponent: Decimal): Decimal | null {
  const length = lengthOf(base.digits);
  const ten = logarithm(10n * ONE);
  // base = mantissa · 10^shift, with a mantissa from 0.1 to 1.
  const mantissa =
    length > GUARDED ? base.digits / tenTo(length - GUARDED) : base.digits * tenTo(GUARDED - length);
  const natural = logarithm(mantissa) + BigInt(length - base.scale) * ten;
  const product =
    exponent.scale > 0
      ? (natural * exponent.digits) / tenTo(exponent.scale)
      : natural * exponent.digits * tenTo(-exponent.scale);
  const shift = product / ten;
  if (shift > 6200n) return null;
  return shift < -6300n
    ? integer(0)
    : fitted(exponential(product - shift * ten), GUARDED - Number(shift));
}

// Null where no real number is the answer, or where it is too large.
export function power(base: Decimal, exponent: Decimal): Decimal | null {
  try {
    if (!base.digits) return exponent.digits > 0n ? integer(0) : null;
    if (isWhole(exponent)) return wholePower(base, whole(exponent));
    return base.digits < 0n ? null : brokenPower(base, exponent);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
