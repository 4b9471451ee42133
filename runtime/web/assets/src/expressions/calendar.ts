// What do days, months and zones mean on the calendar?
import { Temporal, tooLarge, type Zone } from './values';

export const SECOND = 1_000_000n;
export const DAY = 86_400n * SECOND;
const MILLISECONDS = 86_400_000;
const FIRST = -719_162n;
export const LAST = 2_932_896n;
const MOST_DAYS = 999_999_999n ** 2n;

export const floorDivided = (value: bigint, unit: bigint): bigint =>
  (value - (((value % unit) + unit) % unit)) / unit;

// Null outside the years 1 to 9999.
function dated(moment: Temporal): Temporal | null {
  const days = daysOf(moment);
  return days < FIRST || days > LAST ? null : moment;
}

export const dateOf = (days: bigint): Temporal | null => dated(new Temporal('d', days));

export const momentOf = (count: bigint, zone?: Zone): Temporal | null =>
  dated(new Temporal('m', count, zone));

export function daysOf(moment: Temporal): bigint {
  return moment.kind === 'd' ? moment.count : floorDivided(moment.count, DAY);
}

// Microseconds since midnight.
export const clockOf = ({ count }: Temporal): bigint => count - floorDivided(count, DAY) * DAY;

// A duration in microseconds or in months.
export function lasting(kind: Temporal['kind'], count: bigint): Temporal {
  const days = count / DAY;
  return kind === 'D' && days * days > MOST_DAYS ? tooLarge() : new Temporal(kind, count);
}

// The midnight of a day, as JavaScript counts it in UTC.
export const midnight = (moment: Temporal): Date =>
  new Date(Number(daysOf(moment)) * MILLISECONDS);

// Year, month from 1, day.
export function civil(moment: Temporal): [number, number, number] {
  const date = midnight(moment);
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
}

function stamp(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date;
}

// The date with these numbers, or null if there is none.
export function dateFrom(year: number, month: number, day: number): Temporal | null {
  const date = stamp(year, month, day);
  const found = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return found ? dateOf(BigInt(date.getTime() / MILLISECONDS)) : null;
}

export function addDays(moment: Temporal, duration: bigint): Temporal | null {
  return moment.kind === 'd'
    ? dateOf(moment.count + floorDivided(duration, DAY))
    : momentOf(moment.count + duration, moment.zone);
}

// The same day some months later, or the last day of a month that is too short.
export function addMonths(moment: Temporal, duration: bigint): Temporal | null {
  const [year, month, day] = civil(moment);
  const count = BigInt(year * 12 + month - 1) + duration;
  const to = Number(floorDivided(count, 12n));
  if (to < 1 || to > 9999) return null;
  const find = (last: number): Temporal =>
    dateFrom(to, Number(count) - to * 12 + 1, last) ?? find(last - 1);
  const found = find(day);
  return moment.kind === 'm'
    ? new Temporal('m', found.count * DAY + clockOf(moment), moment.zone)
    : found;
}

const formats: Record<string, Intl.DateTimeFormat> = Object.create(null);
const numeric = 'numeric';

// Raises RangeError for a zone that is not known.
export const formatOf = (zone: string): Intl.DateTimeFormat =>
  (formats[zone] ??= new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: numeric, month: numeric, day: numeric,
    hour: numeric, minute: numeric, second: numeric,
  }));

// The offset of a zone at a moment of UTC in microseconds.
function offsetAt(zone: string, moment: bigint): bigint {
  const seconds = floorDivided(moment, SECOND);
  const shown = formatOf(zone).format(new Date(Number(seconds) * 1000)).match(/\d+/g)!;
  const [month, day, year, ...clock] = shown.map(Number) as [number, number, number, number];
  const local = stamp(year, month, day).setUTCHours(...clock) / 1000;
  return (BigInt(local) - seconds) * SECOND;
}

// Of two moments with the same clock, the first; a clock that is skipped counts as before the jump.
function namedOffset(zone: string, clock: bigint): bigint {
  const before = offsetAt(zone, clock - DAY);
  const after = offsetAt(zone, clock - before);
  return offsetAt(zone, clock - after) === after ? after : before;
}

// Null for a clock without zone, and for a time of day in a zone whose offset changes.
export function offsetOf({ kind, count, zone }: Temporal): bigint | null {
  if (typeof zone !== 'string') return zone ?? null;
  return kind === 'm' ? namedOffset(zone, count) : null;
}

// The same moment by the clock of another zone.
export function shownBy(zone: Zone, moment: Temporal): Temporal | null {
  const utc = moment.count - offsetOf(moment)!;
  return momentOf(utc + (typeof zone === 'string' ? offsetAt(zone, utc) : (zone ?? 0n)), zone);
}

// The clock of the one and of the other, in one zone; null if only one of them has a zone.
export function aligned(a: Temporal, b: Temporal): [bigint, bigint] | null {
  if (a.zone === b.zone) return [a.count, b.count];
  const [one, other] = [offsetOf(a), offsetOf(b)];
  if ((one === null) !== (other === null)) return null;
  return [a.count - (one ?? 0n), b.count - (other ?? 0n)];
}
