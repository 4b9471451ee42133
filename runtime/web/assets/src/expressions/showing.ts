// Which text stands for a value?
import { DAY, SECOND, civil, clockOf } from './calendar';
import { absolute, numberText } from './decimals';
import { Decimal, Range, Temporal, kindOf, type Value } from './values';

const padded = (value: bigint | number, length = 2): string =>
  `${value}`.padStart(length, '0');

function dateText(moment: Temporal): string {
  const [year, month, day] = civil(moment);
  return `${padded(year, 4)}-${padded(month)}-${padded(day)}`;
}

// Hours, minutes, seconds and a fraction.
function split(micros: bigint): [bigint, bigint, bigint, string] {
  const seconds = micros / SECOND;
  const fraction = padded(micros % SECOND, 6).replace(/0+$/, '');
  return [
    seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n, fraction ? `.${fraction}` : '',
  ];
}

const clockOfParts = (...parts: (bigint | number)[]): string =>
  parts.map((part) => padded(part)).join(':');

function offsetText(offset: bigint): string {
  const [hours, minutes, seconds] = split(absolute(offset));
  return (offset < 0n ? '-' : '+') + clockOfParts(hours, minutes, ...(seconds ? [seconds] : []));
}

function clockText(moment: Temporal): string {
  const [hours, minutes, seconds, fraction] = split(clockOf(moment));
  const { zone } = moment;
  const text = clockOfParts(hours, minutes, seconds) + fraction;
  if (typeof zone === 'string') return `${text}@${zone}`;
  return text + (zone === undefined ? '' : zone ? offsetText(zone) : 'Z');
}

function durationText({ kind, count }: Temporal): string {
  const size = absolute(count);
  const [hours, minutes, seconds, fraction] = split(size % DAY);
  const joined = (...parts: [amount: bigint | string, unit: string][]): string =>
    parts.map(([amount, unit]) => (amount && amount !== '0' ? amount + unit : '')).join('');
  const clock = joined([hours, 'H'], [minutes, 'M'], [`${seconds}${fraction}`, 'S']);
  const text =
    kind === 'M'
      ? joined([size / 12n, 'Y'], [size % 12n, 'M']) || '0M'
      : joined([size / DAY, 'D']) + (clock || !count ? `T${clock || '0S'}` : '');
  return `${count < 0n ? '-' : ''}P${text}`;
}

function temporalText(value: Temporal): string {
  const { kind } = value;
  if ('DM'.includes(kind)) return durationText(value);
  return kind === 't'
    ? clockText(value)
    : dateText(value) + (kind === 'm' ? `T${clockText(value)}` : '');
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

const isName = (name: string): boolean => /^[\p{XIDS}_ ][\p{XIDC} ]*$/u.test(name);

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

