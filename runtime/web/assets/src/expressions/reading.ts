// Which date, time or duration does a text stand for?
import { DAY, SECOND, dateFrom, formatOf, lasting, momentOf } from './calendar';
import { absolute } from './decimals';
import { Temporal, type Zone } from './values';

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME =
  /^(\d\d):(\d\d):(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d(?::\d\d)?|@[\w+/-]+)?$/;
const DURATION =
  /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/;

export function day(text: string): Temporal | null {
  const found = DATE.exec(text);
  return found && dateFrom(...(found.slice(1).map(Number) as [number, number, number]));
}

type Clock = [hours: number, minutes: number, seconds: number];

// Undefined is a local time; null is no zone at all.
function zoneOf(text: string | undefined): Zone | null {
  if (!text) return undefined;
  if (/z/i.test(text[0]!)) return 0n;
  if (text[0] === '@') {
    const name = text.slice(1);
    try {
      formatOf(name);
      return name;
    } catch {
      return null;
    }
  }
  const [hours, minutes, seconds = 0] = text.slice(1).split(':').map(Number) as Clock;
  const offset = BigInt(hours * 3600 + minutes * 60 + seconds) * SECOND;
  return fixed(text[0] === '-' ? -offset : offset);
}

// A zone with a fixed offset, of at most 18 hours.
export function fixed(offset: bigint): bigint | null {
  return absolute(offset) > 64_800n * SECOND ? null : offset;
}

const micro = (fraction = ''): bigint => BigInt(fraction.slice(0, 6).padEnd(6, '0'));
const amount = (digits?: string): bigint => BigInt(digits ?? 0);

// Microseconds since midnight, up to a whole day, and the zone.
function clock(text: string): [bigint, Zone] | null {
  const found = TIME.exec(text);
  if (!found) return null;
  const [hour, minute, second] = found.slice(1, 4).map(Number) as Clock;
  const count = BigInt(hour * 3600 + minute * 60 + second) * SECOND + micro(found[4]);
  const zone = zoneOf(found[5]);
  const fits = minute < 60 && second < 60 && (hour < 24 || count === DAY);
  return fits && zone !== null ? [count, zone] : null;
}

export function time(text: string): Temporal | null {
  const found = clock(text);
  return found && new Temporal('t', found[0] % DAY, found[1]);
}

export function moment(text: string): Temporal | null {
  const [date, rest] = text.split(/T(.*)/);
  const on = day(date!);
  const at: [bigint, Zone?] | null = rest === undefined ? [0n] : clock(rest);
  return on && at && momentOf(on.count * DAY + at[0], at[1]);
}

export function duration(text: string): Temporal | null {
  const found = DURATION.exec(text);
  if (!found) return null;
  const [sign, years, months, whole, hours, minutes, seconds, fraction] = found.slice(1);
  const long = years || months;
  // Either of both kinds, and not nothing.
  if (!long === !(whole || hours || minutes || seconds)) return null;
  const clock = (amount(hours) * 60n + amount(minutes)) * 60n + amount(seconds);
  const count = long
    ? amount(years) * 12n + amount(months)
    : amount(whole) * DAY + clock * SECOND + micro(fraction);
  try {
    return lasting(long ? 'M' : 'D', sign ? -count : count);
  } catch {
    return null;
  }
}

// The value of a text after the at-sign.
export function temporal(text: string): Temporal | null {
  if (/^-*P/.test(text)) return duration(text);
  if (text.includes('T')) return moment(text);
  return text.includes(':') ? time(text) : day(text);
}
