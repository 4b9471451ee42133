// Which built-in functions say when the period around a day begins and ends?
import { DAY, addMonths, civil, dateFrom, dateOf } from '../calendar';
import { Temporal } from '../values';
import { weekday } from './dates';

const LAST = dateFrom(9999, 12, 31)!;

const start = (day: Temporal, months: number): Temporal => {
  const [year, month] = civil(day);
  return dateFrom(year, month - ((month - 1) % months), 1)!;
};

const end = (day: Temporal, months: number): Temporal => {
  const next = addMonths(start(day, months), BigInt(months));
  return next ? dateOf(next.count - 1n)! : LAST;
};

const PERIODS_OF_MONTHS = Object.entries({ month: 1, quarter: 3, year: 12 }).flatMap(
  ([name, months]) => [
    [`start of ${name}`, (day: Temporal) => start(day, months)],
    [`end of ${name}`, (day: Temporal) => end(day, months)],
  ],
);
const monday = (day: Temporal): bigint => day.count - BigInt(weekday(day));

export const PERIODS = {
  'start of day': (day: Temporal) => new Temporal('m', day.count * DAY),
  'end of day': (day: Temporal) => new Temporal('m', day.count * DAY + DAY - 1n),
  'start of week': (day: Temporal) => dateOf(monday(day)),
  'end of week': (day: Temporal) => dateOf(monday(day) + 6n) ?? LAST,
  ...Object.fromEntries(PERIODS_OF_MONTHS),
};
