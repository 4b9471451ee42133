// What are the values of the language in the browser, and of which kind is each?

// One letter each, as engine/expressions/to_json.py writes them:
// number, text, boolean, day (date), clock (time), moment, days and months (durations), list,
// context, range, and null.
export type Kind = 'n' | 's' | 'b' | 'd' | 't' | 'm' | 'D' | 'M' | 'l' | 'c' | 'r' | '0';

export type Context = { readonly [name: string]: Value };
export type Value =
  | null | boolean | string | Decimal | Temporal | Range | readonly Value[] | Context;

export type Env = { today: Temporal; now: Temporal; user: Context };

abstract class Known {
  abstract readonly kind: Kind;
}

// A number, exact: digits · 10^-scale.
export class Decimal extends Known {
  constructor(readonly digits: bigint, readonly scale: number) {
    super();
  }

  get kind(): 'n' {
    return 'n';
  }
}

// A fixed offset in microseconds, or the name of a zone.
export type Zone = bigint | string | undefined;

// Days since 1970 for a date, months for a duration in months, and microseconds for the others:
// since midnight for a time of day, since 1970 on the clock of its zone for a moment.
export class Temporal extends Known {
  constructor(
    readonly kind: 'd' | 't' | 'm' | 'D' | 'M',
    readonly count: bigint,
    readonly zone?: Zone,
  ) {
    super();
  }
}

// All values between two ends; a sign tells with which comparison it was written.
export class Range extends Known {
  constructor(
    readonly low: Value,
    readonly high: Value,
    readonly lowClosed: boolean,
    readonly highClosed: boolean,
    readonly sign = '',
  ) {
    super();
  }

  get kind(): 'r' {
    return 'r';
  }
}

export function kindOf(value: Value): Kind {
  if (value === null) return '0';
  if (value instanceof Known) return value.kind;
  if (typeof value === 'string') return 's';
  return typeof value === 'boolean' ? 'b' : Array.isArray(value) ? 'l' : 'c';
}

export const integer = (count: number | bigint): Decimal => new Decimal(BigInt(count), 0);

// What has this name by right, not by inheritance from every object; null if it is missing.
export function entryOf(owner: object, name: string): Value {
  return Object.prototype.hasOwnProperty.call(owner, name) ? ((owner as Context)[name] ?? null) : null;
}

// A list as it is, null as null, and any other value as a list of it.
export function listed(value: Value): readonly Value[] | null {
  return value === null || Array.isArray(value) ? value : [value];
}

// Too large for the language: the expression gives null.
export function tooLarge(): never {
  throw new RangeError('too large');
}
