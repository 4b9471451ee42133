// Which built-in functions work on numbers?
import { negated } from '../arithmetic';
import { compared } from '../comparing';
import {
  add, count, decimal, fitted, isWhole, remainder, roundTo, whole, type Rounding,
} from '../decimals';
import { squareRoot } from '../powers';
import { Decimal, integer, type Value } from '../values';

const rounding = (how: Rounding) => (value: Decimal, scale?: Decimal) =>
  roundTo(value, scale ? count(scale) : 0, how);

// The sign is the divisor's.
function modulo(dividend: Decimal, divisor: Decimal): Decimal | null {
  if (!divisor.digits) return null;
  const rest = remainder(dividend, divisor);
  return rest.digits && rest.digits < 0n !== divisor.digits < 0n ? add(rest, divisor) : rest;
}

function read(text: string): Decimal | null {
  const found = /^(-?(?:\d+\.?\d*|\.\d+))(?:e(\d+))?$/i.exec(text);
  const value = found && decimal(found[1]!);
  return value && fitted(value.digits, value.scale - Number(found[2] ?? 0));
}

function number(text: string, grouping: string | null = null, point: string | null = null) {
  if (grouping === point && grouping !== null) return null;
  if (![null, ' ', ',', '.'].includes(grouping) || ![null, ',', '.'].includes(point)) return null;
  const joined = grouping === null ? text : text.replaceAll(grouping, '');
  return read(point === ',' ? joined.replaceAll(',', '.') : joined);
}

export const NUMBERS = {
  floor: rounding('floor'),
  ceiling: rounding('ceiling'),
  decimal: rounding('half up'),
  'round half up': rounding('half up'),
  'round half down': rounding('half down'),
  'round up': rounding('up'),
  'round down': rounding('down'),
  abs: (value: Value) => {
    const flipped = negated(value);
    return compared('>', flipped, value) ? flipped : value;
  },
  modulo,
  even: (value: Decimal) => !remainder(value, integer(2)).digits,
  odd: (value: Decimal) => {
    const rest = remainder(value, integer(2));
    return isWhole(rest) && whole(rest) !== 0n;
  },
  sqrt: squareRoot,
  number,
};
