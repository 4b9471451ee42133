// Which built-in functions say when the period around a day begins and ends?
import { DAY, addMonths, civil, dateFrom, dateOf } from '../calendar';
import { weekday } from './dates';
import { Temporal } from '../values';

const LAST = dateFrom(9999, 12, 31)!;
const midnight = (day: Temporal): bigint => day.count * DAY;

const start = (months: number) => (day: Temporal): Temporal => {
  const [year, month] = civil(day);
  return dateFrom(year, month - ((month - 1) % months), 1)!;
};

const end = (months: number) => (day: Temporal): Temporal => {
  const next = addMonths(start(months)(day), BigInt(months));
  return next ? dateOf(next.count - 1n)! : LAST;
};

const monday = (day: Temporal): bigint => day.count - BigInt(weekday(day));

export const PERIODS = {
  'start of day': (day: Temporal) => new Temporal('m', midnight(day)),
  'end of day': (day: Temporal) => new Temporal('m', midnight(day) + DAY - 1n),
  'start of week': (day: Temporal) => dateOf(monday(day)),
  'end of week': (day: Temporal) => dateOf(monday(day) + 6n) ?? LAST,
  'start of month': start(1),
  'end of month': end(1),
  'start of quarter': start(3),
  'end of quarter': end(3),
  'start of year': start(12),
  'end of year': end(12),
};
