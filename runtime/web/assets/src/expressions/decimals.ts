// How do exact numbers of 34 digits add, multiply, divide, compare and round?
import { Decimal, integer, tooLarge } from './values';

const PRECISION = 34;
const PLACES = 12;
const MOST_PLACES = 6176;
const MOST_DIGITS = 6145;
const powers: bigint[] = [];

export const tenTo = (exponent: number): bigint => (powers[exponent] ??= 10n ** BigInt(exponent));
export const absolute = (count: bigint): bigint => (count < 0n ? -count : count);
export const lengthOf = (digits: bigint): number => `${absolute(digits)}`.length;

const LARGEST = tenTo(PRECISION);
const holds = (digits: bigint): boolean => absolute(digits) < LARGEST;

export function cut(digits: bigint, count: number, rounding = 'half up'): bigint {
  const unit = tenTo(count);
  const rest = digits % unit;
  if (!rest) return digits / unit;
  const sign = digits < 0n ? -1n : 1n;
  const twice = 2n * rest * sign - unit;
  const away = rounding.startsWith('half')
    ? twice > 0n || (!twice && rounding === 'half up')
    : rounding === 'up' || rounding === (sign < 0n ? 'floor' : 'ceiling');
  return digits / unit + (away ? sign : 0n);
}

// A number within the precision and the exponents of the language.
export function fitted(digits: bigint, scale: number): Decimal {
  const usual = holds(digits) && scale <= MOST_PLACES && scale > -6100;
  if (usual) return new Decimal(digits, scale);
  const length = lengthOf(digits);
  const spare = Math.max(length - PRECISION, scale - MOST_PLACES);
  if (!digits || spare > length) return integer(0);
  if (length - scale > MOST_DIGITS) tooLarge();
  return spare > 0
    ? fitted(cut(digits, spare), scale - spare)
    : new Decimal(digits, scale);
}

// Whole numbers are exact without limit, as Python's are.
export const unlimited: typeof fitted = (digits, scale) => new Decimal(digits, scale);

type Binary = (a: Decimal, b: Decimal) => Decimal;

// Both digits at one scale, and the scale.
function atOneScale(a: Decimal, b: Decimal): [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale);
  return [a.digits * tenTo(scale - a.scale), b.digits * tenTo(scale - b.scale), scale];
}

export const adding =
  (made: typeof fitted, sign = 1n): Binary =>
  (a, b) => {
    const [left, right, scale] = atOneScale(a, b);
    return made(left + sign * right, scale);
  };

export const multiplying =
  (made: typeof fitted): Binary =>
  (a, b) => made(a.digits * b.digits, a.scale + b.scale);

export const add = adding(fitted);
export const subtract = adding(fitted, -1n);
export const multiply = multiplying(fitted);
export const minus = (a: Decimal): Decimal => fitted(-a.digits, a.scale);

// At most twelve digits after the point, unless the number is too large to hold them.
export function rounded(value: Decimal): Decimal {
  if (value.scale <= PLACES || lengthOf(value.digits) - value.scale > PRECISION - PLACES - 1) {
    return value;
  }
  return new Decimal(cut(value.digits, value.scale - PLACES), PLACES);
}

export function divideExactly(a: Decimal, b: Decimal): Decimal {
  const more = Math.max(0, PRECISION + 1 + lengthOf(b.digits) - lengthOf(a.digits));
  const dividend = a.digits * tenTo(more);
  const quotient = dividend / b.digits;
  // One more digit tells that something is left: a last 5 alone would look like a half.
  const left = dividend % b.digits ? (quotient < 0n ? -1n : 1n) : 0n;
  return fitted(quotient * 10n + left, a.scale - b.scale + more + 1);
}

export const divide = (a: Decimal, b: Decimal): Decimal | null =>
  b.digits ? rounded(divideExactly(a, b)) : null;

// Negative, zero or positive, as the first is less, the same or more.
export function order(a: Decimal, b: Decimal): number {
  const [left, right] = atOneScale(a, b);
  return left < right ? -1 : Number(left > right);
}

// What a division into whole parts leaves; its sign is the dividend's.
export function remainder(a: Decimal, b: Decimal): Decimal {
  const [left, right, scale] = atOneScale(a, b);
  return holds(left / right) ? fitted(left % right, scale) : tooLarge();
}

export function roundTo(value: Decimal, places: number, rounding?: string): Decimal | null {
  if (places < -6111 || places > MOST_PLACES) return null;
  if (value.scale <= places) return value;
  const digits = cut(value.digits, value.scale - places, rounding);
  return holds(digits) ? new Decimal(digits, places) : tooLarge();
}

export const whole = (value: Decimal): bigint =>
  value.scale > 0 ? value.digits / tenTo(value.scale) : value.digits * tenTo(-value.scale);

export const count = (value: Decimal): number => Number(whole(value));

export const isWhole = (value: Decimal): boolean =>
  value.scale <= 0 || value.digits % tenTo(value.scale) === 0n;

// The number of a text such as 12.30 or -5, or null.
export function decimal(text: string): Decimal | null {
  const found = /^[+-]?(?=\.?\d)\d*\.?(\d*)$/.exec(text);
  return found && new Decimal(BigInt(text.replace('.', '')), found[1]!.length);
}

// Without exponent and without zeros that say nothing.
export function numberText({ digits, scale }: Decimal): string {
  if (scale <= 0) return `${digits * tenTo(-scale)}`;
  const text = `${absolute(digits)}`.padStart(scale + 1, '0');
  const short = `${text.slice(0, -scale)}.${text.slice(-scale)}`.replace(/\.?0+$/, '');
  return (digits < 0n ? '-' : '') + short;
}
