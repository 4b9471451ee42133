// Which built-in functions compare points and ranges?
import { all, any, compared, equal, not, type Truth } from '../comparing';
import { Range, type Value } from '../values';

const asRange = (value: Value): Range =>
  value instanceof Range ? value : new Range(value, value, true, true);
const turned =
  <A, B>(known: (one: A, other: B) => Truth) =>
  (one: B, other: A): Truth => known(other, one);

function before(one: Value, other: Value): Truth {
  const [left, right] = [asRange(one), asRange(other)];
  const touching = !(left.highClosed && right.lowClosed);
  return any(compared('<', left.high, right.low), all(touching, equal(left.high, right.low)));
}

const meets = (one: Range, other: Range): Truth =>
  all(one.highClosed, other.lowClosed, equal(one.high, other.low));

const overlaps = (one: Range, other: Range): Truth =>
  not(any(before(one, other), before(other, one)));

const startsNoLater = (one: Range, other: Range): Truth =>
  any(
    compared('<', one.low, other.low),
    all(equal(one.low, other.low), one.lowClosed || !other.lowClosed),
  );

const endsNoLater = (one: Range, other: Range): Truth =>
  any(
    compared('<', one.high, other.high),
    all(equal(one.high, other.high), other.highClosed || !one.highClosed),
  );

function overlapsBefore(one: Range, other: Range): Truth {
  const touching = all(equal(one.low, other.low), one.lowClosed, !other.lowClosed);
  const earlier = any(compared('<', one.low, other.low), touching);
  return all(earlier, overlaps(one, other), endsNoLater(one, other));
}

function overlapsAfter(one: Range, other: Range): Truth {
  const touching = all(equal(one.high, other.high), one.highClosed, !other.highClosed);
  const later = any(compared('>', one.high, other.high), touching);
  return all(later, overlaps(one, other), startsNoLater(other, one));
}

function finishes(one: Value, other: Range): Truth {
  const left = asRange(one);
  const same = all(left.highClosed === other.highClosed, equal(left.high, other.high));
  return one instanceof Range ? all(same, startsNoLater(other, left)) : same;
}

function starts(one: Value, other: Range): Truth {
  const left = asRange(one);
  const same = all(left.lowClosed === other.lowClosed, equal(left.low, other.low));
  return one instanceof Range ? all(same, endsNoLater(left, other)) : same;
}

function includes(one: Range, other: Value): Truth {
  const inner = asRange(other);
  return all(startsNoLater(one, inner), endsNoLater(inner, one));
}

export const RANGES = {
  before,
  after: turned(before),
  meets,
  'met by': turned(meets),
  overlaps,
  'overlaps before': overlapsBefore,
  'overlaps after': overlapsAfter,
  finishes,
  'finished by': turned(finishes),
  starts,
  'started by': turned(starts),
  includes,
  during: turned(includes),
  coincides: equal,
};
