// What does a step of a path find?
import { DAY, SECOND, civil, clockOf, offsetOf } from './calendar';
import { weekday } from './builtins/dates';
import { Decimal, Range, Temporal, entryOf, integer, kindOf, type Context, type Value } from './values';

const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;

// A part of a duration, with the sign of the whole.
const part = (unit: bigint, most = 0n) => ({ count }: Temporal) =>
  integer(most ? (count / unit) % most : count / unit);

const fromCalendar = (index: 0 | 1 | 2) => (of: Temporal) => integer(civil(of)[index]);
const micros = (count: bigint): Decimal => new Decimal(count % MINUTE, 6);

// The kinds that have it, and how it is read.
const PROPERTIES: Record<string, [kinds: string, read: (of: never) => Value]> = {
  year: ['dm', fromCalendar(0)],
  month: ['dm', fromCalendar(1)],
  day: ['dm', fromCalendar(2)],
  weekday: ['dm', (of: Temporal) => integer(weekday(of) + 1)],
  hour: ['tm', (of: Temporal) => integer(clockOf(of) / HOUR)],
  minute: ['tm', (of: Temporal) => integer((clockOf(of) / MINUTE) % 60n)],
  second: ['tm', (of: Temporal) => micros(clockOf(of))],
  'time offset': ['tm', (of: Temporal) => {
    const offset = offsetOf(of);
    return offset === null ? null : new Temporal('D', offset);
  }],
  timezone: ['tm', ({ zone }: Temporal) => (typeof zone === 'string' ? zone : null)],
  days: ['D', part(DAY)],
  hours: ['D', part(HOUR, 24n)],
  minutes: ['D', part(MINUTE, 60n)],
  seconds: ['D', ({ count }: Temporal) => micros(count)],
  years: ['M', part(12n)],
  months: ['M', part(1n, 12n)],
  start: ['r', ({ low }: Range) => low],
  end: ['r', ({ high }: Range) => high],
  'start included': ['r', ({ lowClosed }: Range) => lowClosed],
  'end included': ['r', ({ highClosed }: Range) => highClosed],
};

// What a path finds in a value of any kind: an entry, or a property of a date, a time, a duration
// or a range.
export function entry(base: Value, name: string): Value {
  const kind = kindOf(base);
  if (kind === 'c') return entryOf(base as Context, name);
  if (Array.isArray(base)) return base.map((item: Value) => entry(item, name));
  const [kinds = '', read] = PROPERTIES[name] ?? [];
  return read && kinds.includes(kind) ? read(base as never) : null;
}
