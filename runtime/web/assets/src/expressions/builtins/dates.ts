// Which built-in functions make and read dates, times and durations?
import { DAY, SECOND, civil, clockOf, dateFrom, dateOf, daysOf, lasting, midnight } from '../calendar';
import { count, multiply, whole } from '../decimals';
import { day, duration, fixed, moment, time } from '../reading';
import { Decimal, Temporal, integer } from '../values';

const named = (name: 'weekday' | 'month') => (of: Temporal): string =>
  midnight(of).toLocaleString('en-US', { timeZone: 'UTC', [name]: 'long' });

type Numbers = [number, number, number];

function date(from: string | Temporal | Decimal, month?: Decimal, of?: Decimal): Temporal | null {
  if (from instanceof Decimal) return dateFrom(...([from, month!, of!].map(count) as Numbers));
  return typeof from === 'string' ? day(from) : dateOf(daysOf(from));
}

function clock(
  from: string | Temporal | Decimal, minute?: Decimal, second?: Decimal, offset?: Temporal | null,
): Temporal | null {
  if (typeof from === 'string') return time(from);
  if (from instanceof Decimal) return clockFrom(from, minute!, second!, offset);
  return from.kind === 'd' ? new Temporal('t', 0n, 0n) : new Temporal('t', clockOf(from), from.zone);
}

const MILLION = integer(SECOND);

function clockFrom(hour: Decimal, minute: Decimal, second: Decimal, offset?: Temporal | null) {
  const zone = offset ? fixed(offset.count) : undefined;
  const parts = [whole(hour), whole(minute), whole(multiply(second, MILLION))] as const;
  const limits = [24n, 60n, 60n * SECOND];
  if (zone === null || parts.some((part, index) => part < 0n || part >= limits[index]!)) return null;
  return new Temporal('t', (parts[0] * 60n + parts[1]) * 60n * SECOND + parts[2], zone);
}

function dateAndTime(from: string | Temporal, at?: Temporal): Temporal | null {
  if (typeof from === 'string') return moment(from);
  if (from.kind === 'm' && !at) return from;
  return new Temporal('m', daysOf(from) * DAY + (at?.count ?? 0n), at?.zone);
}

function monthsBetween(start: Temporal, end: Temporal): Temporal {
  const [year, month, on] = civil(start);
  const [toYear, toMonth, to] = civil(end);
  const between = (toYear - year) * 12 + toMonth - month;
  const off = between > 0 && to < on ? 1 : between < 0 && to > on ? -1 : 0;
  return lasting('M', BigInt(between - off));
}

export const weekday = (of: Temporal): number => Number((((daysOf(of) + 3n) % 7n) + 7n) % 7n);

const dayOfYear = (of: Temporal): number =>
  Number(daysOf(of) - dateFrom(civil(of)[0], 1, 1)!.count) + 1;

// The week that the Thursday of this week is in.
const weekOfYear = (of: Temporal): number =>
  Math.ceil(dayOfYear(new Temporal('d', daysOf(of) + BigInt(3 - weekday(of)))) / 7);

export const DATES = {
  date,
  time: clock,
  'date and time': dateAndTime,
  duration: (from: string | Temporal) => (typeof from === 'string' ? duration(from) : from),
  'years and months duration': monthsBetween,
  'day of year': (of: Temporal) => integer(dayOfYear(of)),
  'day of week': named('weekday'),
  'month of year': named('month'),
  'week of year': (of: Temporal) => integer(weekOfYear(of)),
};
