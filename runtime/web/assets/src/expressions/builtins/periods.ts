// Which built-in functions say when the period around a day begins and ends?
import { LAST, addMonths, civil, dateFrom, dateOf } from '../calendar';
import { count } from '../decimals';
import type { Decimal, Temporal } from '../values';
import { weekday } from './dates';


const start = (day: Temporal, months: number): Temporal => {
  const [year, month] = civil(day);
  return dateFrom(year, month - ((month - 1) % months), 1)!;
};

const end = (day: Temporal, months: number): Temporal => {
  const next = addMonths(start(day, months), BigInt(months));
  return dateOf(next ? next.count - 1n : LAST)!;
};

const monday = (day: Temporal): bigint => day.count - BigInt(weekday(day));

// The periods of months come with how many these are.
export const PERIODS = {
  'start of': (day: Temporal, months: Decimal) => start(day, count(months)),
  'end of': (day: Temporal, months: Decimal) => end(day, count(months)),
  'start of week': (day: Temporal) => dateOf(monday(day)),
  'end of week': (day: Temporal) => dateOf(monday(day) + 6n) ?? dateOf(LAST),
};
