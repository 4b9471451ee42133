// Which text stands for a value?
import { DAY, SECOND, civil, clockOf, offsetOf } from './calendar';
import { numberText } from './decimals';
import { Decimal, Range, Temporal, kindOf, type Value } from './values';

const two = (value: bigint | number): string => `${value}`.padStart(2, '0');
const size = (value: bigint): bigint => (value < 0n ? -value : value);

function dateText(moment: Temporal): string {
  const [year, month, day] = civil(moment);
  return `${`${year}`.padStart(4, '0')}-${two(month)}-${two(day)}`;
}

// Hours, minutes, seconds and a fraction.
function split(micros: bigint): [bigint, bigint, bigint, string] {
  const seconds = micros / SECOND;
  const fraction = `${micros % SECOND}`.padStart(6, '0').replace(/0+$/, '');
  return [
    seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n, fraction ? `.${fraction}` : '',
  ];
}

function offsetText(offset: bigint): string {
  const [hours, minutes, seconds] = split(size(offset));
  const sign = offset < 0n ? '-' : '+';
  return `${sign}${two(hours)}:${two(minutes)}${seconds ? `:${two(seconds)}` : ''}`;
}

function clockText(moment: Temporal): string {
  const [hours, minutes, seconds, fraction] = split(clockOf(moment));
  const text = `${two(hours)}:${two(minutes)}:${two(seconds)}${fraction}`;
  if (moment.zone === undefined) return text;
  if (typeof moment.zone === 'string') return `${text}@${moment.zone}`;
  return text + (moment.zone ? offsetText(offsetOf(moment) ?? 0n) : 'Z');
}

function daysText(count: bigint): string {
  const whole = size(count) / DAY;
  const [hours, minutes, seconds, fraction] = split(size(count) % DAY);
  const clock =
    (hours ? `${hours}H` : '') +
    (minutes ? `${minutes}M` : '') +
    (seconds || fraction ? `${seconds}${fraction}S` : '');
  const text = (whole ? `${whole}D` : '') + (clock && `T${clock}`);
  return text ? `${count < 0n ? '-' : ''}P${text}` : 'PT0S';
}

function monthsText(count: bigint): string {
  const years = size(count) / 12n;
  const rest = size(count) % 12n;
  const text = (years ? `${years}Y` : '') + (rest ? `${rest}M` : '');
  return text ? `${count < 0n ? '-' : ''}P${text}` : 'P0M';
}

function temporalText(value: Temporal): string {
  switch (value.kind) {
    case 'd':
      return dateText(value);
    case 't':
      return clockText(value);
    case 'm':
      return `${dateText(value)}T${clockText(value)}`;
    case 'D':
      return daysText(value.count);
    case 'M':
      return monthsText(value.count);
  }
}

const quoted = (text: string): string =>
  `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;

const isName = (name: string): boolean =>
  /^[\p{XIDS}_]\p{XIDC}*$/u.test(name.replace(/ /g, '_'));

// Texts inside lists and contexts are quoted.
export function show(value: Value, inside = false): string {
  if (typeof value === 'string') return inside ? quoted(value) : value;
  if (value instanceof Decimal) return numberText(value);
  if (value instanceof Temporal) return temporalText(value);
  if (value instanceof Range) {
    const [low, high] = [show(value.low, true), show(value.high, true)];
    return `${value.lowClosed ? '[' : '('}${low}..${high}${value.highClosed ? ']' : ')'}`;
  }
  if (Array.isArray(value)) return `[${value.map((item) => show(item, true)).join(', ')}]`;
  if (kindOf(value) !== 'c') return `${value}`;
  const entries = Object.entries(value as object).map(
    ([name, entry]) => `${isName(name) ? name : quoted(name)}: ${show(entry, true)}`,
  );
  return `{${entries.join(', ')}}`;
}

