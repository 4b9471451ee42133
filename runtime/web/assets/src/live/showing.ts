// How is a value that was worked out kept and shown? As the server does both.
import { clockOf, daysOf, formatOf, offsetOf } from '../expressions/calendar';
import { numberText } from '../expressions/decimals';
import { show as written } from '../expressions/showing';
import { Decimal, Temporal, type Value } from '../expressions/values';
import { exact, limited, placed, read, toTheMinute } from './reading';
import type { Reading, Showing } from './shipped';

const DAY = 86_400_000_000n;
const NUMBERS = ['number', 'integer', 'money', 'percent'];
const LIMIT = 10n ** 15n;
const UNITS: Record<string, string[]> = { zh: ['天', '小时', '分钟', '秒'], en: ['d', 'h', 'min', 's'] };

// What is stored of a result; null where it is of another kind or too large.
export function kept({ as, scale = 0 }: Showing, value: Value): Value {
  if (typeof value === 'boolean') return as === 'yes_no' ? value : as === 'text' ? `${value}` : null;
  if (value instanceof Decimal) return keptNumber(as, scale, value);
  if (typeof value === 'string') return as === 'text' && value ? [...value].slice(0, 500).join('') : null;
  if (!(value instanceof Temporal)) return null;
  switch (as) {
    case 'date':
      return 'dm'.includes(value.kind) ? new Temporal('d', daysOf(value)) : null;
    case 'datetime':
      return value.kind === 'm' && value.zone !== undefined ? value : null;
    case 'time':
      return value.kind === 't' ? new Temporal('t', value.count) : null;
    default:
      return as === 'duration' && value.kind === 'D' ? value : null;
  }
}

function keptNumber(as: string, scale: number, value: Decimal): Value {
  if (as === 'text') return numberText(value);
  if (!NUMBERS.includes(as)) return null;
  const size = value.digits < 0n ? -value.digits : value.digits;
  const large = value.scale > 0 ? size >= LIMIT * 10n ** BigInt(value.scale) : size * 10n ** BigInt(-value.scale) >= LIMIT;
  return large ? null : placed(value, as === 'integer' ? 0 : scale);
}

// The value of an input for the result of a default; null where the field would refuse it.
export function fitted(spec: Reading, value: Value): Value {
  if (value === null) return null;
  if (spec.as === 'number') {
    if (!(value instanceof Decimal)) return null;
    const places = (spec.places ?? 0) + (spec.percent ? 2 : 0);
    const found = exact(spec.whole ? value : placed(value, places), places);
    if (!spec.percent) return limited(found, spec.low, spec.high);
    const [low, high] = [spec.low, spec.high].map((one) => (one === undefined ? one : Number(one) / 100));
    return limited(found, low, high);
  }
  if (spec.as === 'yes_no') return typeof value === 'boolean' ? value : null;
  if (!(value instanceof Temporal)) return typeof value === 'string' ? (read(spec, [value]) ?? null) : null;
  if (spec.as !== 'datetime') return read(spec, [written(value)]) ?? null;
  return value.kind === 'm' && value.zone !== undefined ? toTheMinute(spec, value) : null;
}

// What stands in an input for a value.
export function typedAs(spec: Reading, value: Value): string {
  if (value === null) return '';
  if (value instanceof Decimal) {
    if (spec.percent) return numberText(new Decimal(value.digits, value.scale - 2));
    return spec.money ? fixed(value, spec.places ?? 0) : numberText(value);
  }
  if (value instanceof Temporal && value.kind === 'm') return local(spec, value, 'T');
  if (value instanceof Temporal && value.kind === 't') return clocked(value.count, spec.seconds);
  return written(value);
}

// What a person reads.
export function shown(spec: Showing, value: Value, locale: string): string {
  if (value === null) return '';
  if (value instanceof Decimal) return shownNumber(spec, value);
  if (typeof value === 'boolean') return (value ? spec.yes : spec.no) ?? '';
  if (!(value instanceof Temporal)) return written(value);
  switch (value.kind) {
    case 'm':
      return local(spec, value, ' ');
    case 't':
      return clocked(value.count, spec.seconds);
    case 'D':
      return spoken(value.count, locale);
    default:
      return written(value);
  }
}

function shownNumber({ as, places = 0, sign = '', unit }: Showing, value: Decimal): string {
  if (as === 'percent') return `${numberText(new Decimal(value.digits, value.scale - 2))}%`;
  const size = new Decimal(value.digits < 0n ? -value.digits : value.digits, value.scale);
  const text = as === 'money' ? sign + grouped(fixed(size, places)) : grouped(numberText(size));
  return (value.digits < 0n ? '-' : '') + text + (unit ? ` ${unit}` : '');
}

const grouped = (text: string): string => text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');

// With so many places, halves to the even digit.
function fixed({ digits, scale }: Decimal, places: number): string {
  let units = digits * 10n ** BigInt(Math.max(0, places - scale));
  if (scale > places) {
    const unit = 10n ** BigInt(scale - places);
    const [half, rest] = [unit / 2n, units % unit];
    units /= unit;
    if (rest > half || (rest === half && units % 2n)) units += 1n;
  }
  const text = `${units}`.padStart(places + 1, '0');
  return places ? `${text.slice(0, -places)}.${text.slice(-places)}` : text;
}

const two = (part: bigint): string => `${part}`.padStart(2, '0');

function clocked(count: bigint, seconds = false): string {
  const whole = count / 1_000_000n;
  const text = `${two(whole / 3600n)}:${two((whole / 60n) % 60n)}`;
  return seconds ? `${text}:${two(whole % 60n)}` : text;
}

function local({ zone = 'UTC', seconds }: Showing | Reading, value: Temporal, between: string): string {
  const here = inZone(value, zone);
  return written(new Temporal('d', daysOf(here))) + between + clocked(clockOf(here), seconds);
}

// The clock of a zone at a moment.
function inZone(value: Temporal, zone: string): Temporal {
  if (value.zone === zone) return value;
  const utc = typeof value.zone === 'bigint' ? value.count - value.zone : undefined;
  const count = utc ?? value.count - (offsetOf(value) ?? 0n);
  const parts = formatOf(zone).format(new Date(Number(count / 1000n))).match(/\d+/g) ?? [];
  const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = parts.map(Number);
  const there = new Date(0);
  there.setUTCFullYear(year, month - 1, day);
  there.setUTCHours(hour, minute, second);
  return new Temporal('m', BigInt(there.getTime()) * 1000n);
}

function spoken(count: bigint, locale: string): string {
  const size = count < 0n ? -count : count;
  const whole = (size % DAY) / 1_000_000n;
  const parts = [size / DAY, whole / 3600n, (whole / 60n) % 60n, whole % 60n];
  const units = UNITS[locale] ?? UNITS['zh']!;
  const named = parts.flatMap((part, index) => (part ? [`${part}${units[index]}`] : []));
  const text = (named.length ? named : [`0${units[2]}`]).join(locale === 'zh' ? '' : ' ');
  return count < 0n ? `-${text}` : text;
}
