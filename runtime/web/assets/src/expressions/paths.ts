// What does a step of a path find?
import { DAY, SECOND, civil, clockOf, offsetOf } from './calendar';
import { fitted } from './decimals';
import { weekday } from './builtins/dates';
import { Decimal, Range, Temporal, entryOf, integer, kindOf, type Context, type Value } from './values';

const size = (count: bigint): bigint => (count < 0n ? -count : count);

// A part of a duration, with the sign of the whole.
const part = (divisor: bigint, modulus = 0n) => ({ count }: Temporal) => {
  const whole = size(count) / divisor;
  const found = modulus ? whole % modulus : whole;
  return integer(count < 0n ? -found : found);
};

const micros = (count: bigint): Decimal => fitted(count % (60n * SECOND), 6);
const sinceMidnight = (of: Temporal): bigint => (of.kind === 't' ? of.count : clockOf(of));

const CALENDAR: Record<string, (of: Temporal) => Value> = {
  year: (of) => integer(civil(of)[0]),
  month: (of) => integer(civil(of)[1]),
  day: (of) => integer(civil(of)[2]),
  weekday: (of) => integer(weekday(of) + 1),
};
const CLOCK: Record<string, (of: Temporal) => Value> = {
  hour: (of) => integer(sinceMidnight(of) / (3600n * SECOND)),
  minute: (of) => integer((sinceMidnight(of) / (60n * SECOND)) % 60n),
  second: (of) => micros(sinceMidnight(of)),
  'time offset': (of) => {
    const offset = offsetOf(of);
    return offset === null ? null : new Temporal('D', offset);
  },
  timezone: ({ zone }) => (typeof zone === 'string' ? zone : null),
};
const PROPERTIES: Record<string, Record<string, (of: never) => Value>> = {
  d: CALENDAR,
  t: CLOCK,
  m: { ...CALENDAR, ...CLOCK },
  D: {
    days: part(DAY), hours: part(3600n * SECOND, 24n), minutes: part(60n * SECOND, 60n),
    seconds: ({ count }: Temporal) => micros(count),
  },
  M: { years: part(12n), months: part(1n, 12n) },
  r: {
    start: ({ low }: Range) => low,
    end: ({ high }: Range) => high,
    'start included': ({ lowClosed }: Range) => lowClosed,
    'end included': ({ highClosed }: Range) => highClosed,
  },
};

// A property of a date, time, duration or range; null for any other.
export function property(base: Value, name: string): Value {
  const read = PROPERTIES[kindOf(base)]?.[name];
  return read ? read(base as never) : null;
}

// What a path finds in a value of any kind.
export function entry(base: Value, name: string): Value {
  const kind = kindOf(base);
  if (kind === 'c') return entryOf(base as Context, name);
  return Array.isArray(base) ? base.map((item: Value) => entry(item, name)) : property(base, name);
}
