// What are the values of the language in the browser, and of which kind is each?

// One letter each, as engine/expressions/to_json.py writes them:
// number, text, boolean, day (date), clock (time), moment, days and months (durations), list,
// context, range, and null.
export type Kind = 'n' | 's' | 'b' | 'd' | 't' | 'm' | 'D' | 'M' | 'l' | 'c' | 'r' | '0';

export type Context = { readonly [name: string]: Value };
export type Value =
  | null | boolean | string | Decimal | Temporal | Range | readonly Value[] | Context;

export type Env = { today: Temporal; now: Temporal; user: Context };

class Known<K extends Kind> {
  declare readonly kind: K;

  constructor(kind: K) {
    this.kind = kind;
  }
}

// A number, exact: digits · 10^-scale.
export class Decimal extends Known<'n'> {
  declare readonly digits: bigint;
  declare readonly scale: number;

  constructor(digits: bigint, scale: number) {
    super('n');
    this.digits = digits;
    this.scale = scale;
  }
}

// A fixed offset in microseconds, or the name of a zone.
export type Zone = bigint | string | undefined;

// Days since 1970 for a date, months for a duration in months, and microseconds for the others:
// since midnight for a time of day, since 1970 on the clock of its zone for a moment.
export class Temporal extends Known<'d' | 't' | 'm' | 'D' | 'M'> {
  declare readonly count: bigint;
  declare readonly zone: Zone;

  constructor(kind: 'd' | 't' | 'm' | 'D' | 'M', count: bigint, zone?: Zone) {
    super(kind);
    this.count = count;
    this.zone = zone;
  }
}

// All values between two ends; a sign tells with which comparison it was written.
export class Range extends Known<'r'> {
  declare readonly low: Value;
  declare readonly high: Value;
  declare readonly lowClosed: boolean;
  declare readonly highClosed: boolean;
  declare readonly sign: string;

  constructor(low: Value, high: Value, lowClosed: boolean, highClosed: boolean, sign: string) {
    super('r');
    Object.assign(this, { low, high, lowClosed, highClosed, sign });
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
  throw RangeError();
}
