// Which value do the texts of an input stand for? As the server reads them; null for what it refuses.
import { civil, offsetOf } from '../expressions/calendar';
import { cut, decimal, order } from '../expressions/decimals';
import { day, duration, moment, time } from '../expressions/reading';
import { Decimal, Temporal, type Value } from '../expressions/values';
import type { Reading } from './shipped';

const MINUTE = 60_000_000n;
const YEAR_1000 = -354_285n;
const LONGEST = 36_500n * 86_400_000_000n;
const NUMBER = /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?$|^([+-]?)(\.\d+)$/;
const UNSTORABLE = /[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]/u;
const DATE = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$|^(\d{4})(\d\d)(\d\d)$/;
const CLOCK = /^(\d{1,2})[:时点](\d\d)(?:[:分](\d\d)(?:\.0+)?)?[秒分]?$/;
const SPAN = /^-?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$/;

// What only the server can read: undefined.
export function read(spec: Reading, texts: string[]): Value | undefined {
  const text = texts[0] ?? '';
  switch (spec.as) {
    case 'id':
      return text.trim() || null;
    case 'ids':
      return some(spec, texts);
    case 'tags':
      return tags(spec, texts);
    case 'yes_no':
      return text ? text === 'true' : spec.off ? false : null;
    case 'asked':
      return texts.some((one) => one.trim()) ? undefined : null;
    case 'text':
      return tidy(text, spec);
    default:
      return UNSTORABLE.test(text) || text.length > 100 ? null : plain(spec, narrow(text));
  }
}

function plain(spec: Reading, text: string): Value {
  if (!text) return null;
  switch (spec.as) {
    case 'number':
      return number(spec, text);
    case 'date':
      return within(spec, date(text));
    case 'time':
      return within(spec, clock(spec, text));
    case 'datetime':
      return momentIn(spec, text);
    default:
      return within(spec, span(text.replace(/ /g, '')));
  }
}

const narrow = (text: string): string => text.normalize('NFKC').trim();

function tidy(text: string, { lines, low, high, upper, pattern }: Reading): string | null {
  const storable = UNSTORABLE.test(text) ? '' : text.normalize('NFC');
  const tidied = (
    lines
      ? storable.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
      : storable.replace(/[ \t]*[\r\n\v\f\u0085\u2028\u2029]+[ \t]*/g, ' ')
  ).trim();
  const clean = upper ? tidied.toUpperCase() : tidied;
  const length = [...clean].length;
  const wrong = [...tidied].length > Number(high ?? Infinity) || length < Number(low ?? 0);
  return !clean || wrong || (pattern && !new RegExp(`^(?:${pattern})$`, 'u').test(clean)) ? null : clean;
}

function some({ order: offered, low, high }: Reading, texts: string[]): string[] | null {
  const ids = [...new Set(texts.map((text) => text.trim()).filter(Boolean))];
  if (offered) ids.sort((one, other) => offered.indexOf(one) - offered.indexOf(other));
  const wrong = ids.length < Number(low ?? 0) || ids.length > Number(high ?? 2000);
  return !ids.length || wrong ? null : ids;
}

function tags({ only, high, longest }: Reading, texts: string[]): string[] | null {
  const parts = texts.flatMap((text) => text.split(/[,，、;；\n]/));
  const words = parts.map((part) => (tidy(part, {} as Reading) ?? '').replace(/^#/, '').trim());
  const found = [...new Set(words.filter(Boolean))];
  const wrong =
    found.length > Number(high) ||
    found.some((word) => [...word].length > Number(longest) || (only && !only.includes(word)));
  return !found.length || wrong ? null : found;
}

function number({ places = 0, percent, low, high }: Reading, text: string): Decimal | null {
  const typed = percent ? text.replace(/%$/, '').trim() : text;
  if (!NUMBER.test(typed)) return null;
  const found = exact(decimal(typed.replace(/,/g, '')), places);
  if (!found || !percent) return limited(found, low, high);
  const [least, most] = [low, high].map((one) => (one === undefined ? one : share(one)));
  return limited(new Decimal(found.digits, found.scale + 2), least, most);
}

const share = (text: string | number): Decimal => {
  const { digits, scale } = decimal(`${text}`)!;
  return new Decimal(digits, scale + 2);
};

type Limit = string | number | Decimal | undefined;
const limit = (given: Limit): Decimal | null =>
  given instanceof Decimal ? given : given === undefined ? null : decimal(`${given}`);

export function limited(value: Decimal | null, low: Limit, high: Limit): Decimal | null {
  const [least, most] = [limit(low), limit(high)];
  if (!value || (least && order(value, least) < 0) || (most && order(value, most) > 0)) return null;
  return value;
}

// With exactly so many places, if nothing of it is lost, and at most 15 digits before the point.
export function exact(value: Decimal | null, places: number): Decimal | null {
  if (!value) return null;
  const most = 10n ** BigInt(15 + Math.max(0, value.scale));
  const size = (value.digits < 0n ? -value.digits : value.digits) * (value.scale < 0 ? 10n ** BigInt(-value.scale) : 1n);
  if (size >= most) return null;
  const whole = placed(value, places);
  return order(whole, value) ? null : whole;
}

// Rounded half up to so many places, zeros included.
export function placed({ digits, scale }: Decimal, places: number): Decimal {
  return new Decimal(
    scale > places ? cut(digits, scale - places, 'half up') : digits * 10n ** BigInt(places - scale),
    places,
  );
}

function date(text: string): Temporal | null {
  const found = DATE.exec(text)?.slice(1).filter((part) => part !== undefined);
  const [year = '', month = '', of = ''] = found ?? [];
  const on = day(`${year}-${month.padStart(2, '0')}-${of.padStart(2, '0')}`);
  return on && on.count >= YEAR_1000 ? on : null;
}

function clock({ seconds }: Reading, text: string): Temporal | null {
  const [, hour = '', minute = '', second = '00'] = CLOCK.exec(text) ?? [];
  if (!hour || Number(hour) > 23) return null;
  return time(`${hour.padStart(2, '0')}:${minute}:${seconds ? second : '00'}`);
}

function momentIn(spec: Reading, text: string): Temporal | null {
  const [on, at] = [date(text.slice(0, text.search(/[T ]|$/))), text.replace(/^.*?[T ]\s*/, '')];
  const clocked = clock({ ...spec, seconds: true }, at);
  if (!on || !clocked) return null;
  const local = new Temporal('m', on.count * 1440n * MINUTE + clocked.count, spec.zone);
  return toTheMinute(spec, new Temporal('m', local.count - (offsetOf(local) ?? 0n), 0n));
}

export function toTheMinute({ seconds }: Reading, value: Temporal): Temporal | null {
  const unit = seconds ? MINUTE / 60n : MINUTE;
  const [year] = civil(value);
  const rest = ((value.count % unit) + unit) % unit;
  return year < 1000 || year > 9998 ? null : new Temporal('m', value.count - rest, value.zone);
}

function span(text: string): Temporal | null {
  const [all, weeks, days, ...clocked] = SPAN.exec(text.toUpperCase()) ?? [];
  if (!all || ![weeks, days, ...clocked].some(Boolean)) return null;
  const [hours = 0, minutes = 0, seconds = 0] = clocked.map((part) => Number(part ?? 0));
  const whole = Number(weeks ?? 0) * 7 + Number(days ?? 0);
  const count = BigInt(((whole * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000_000n;
  if (count > LONGEST) return null;
  return new Temporal('D', all.startsWith('-') ? -count : count);
}

const parsed = (kind: Temporal['kind'], text: string | number): Temporal | null =>
  ({ d: day, t: time, m: moment, D: duration, M: duration })[kind](`${text}`);

function within({ as, low, high }: Reading, value: Temporal | null): Temporal | null {
  if (!value) return null;
  const least = low !== undefined ? parsed(value.kind, low)!.count : as === 'duration' ? 0n : null;
  const most = high !== undefined ? parsed(value.kind, high)!.count : null;
  const wrong = (least !== null && value.count < least) || (most !== null && value.count > most);
  return wrong ? null : value;
}
