// Which built-in functions compare points and ranges?
import { all, any, equal, less, not, type Truth } from '../comparing';
import { Range, type Value } from '../values';

// A value, and whether the end lies a little below or above it.
type End = [Value, number];

const low = (of: Value): End => (of instanceof Range ? [of.low, of.lowClosed ? 0 : 1] : [of, 0]);
const high = (of: Value): End =>
  of instanceof Range ? [of.high, of.highClosed ? 0 : -1] : [of, 0];

const same = (one: End, other: End): Truth => all(equal(one[0], other[0]), one[1] === other[1]);
const below = (one: End, other: End): Truth =>
  any(less(one[0], other[0]), all(equal(one[0], other[0]), one[1] < other[1]));
const notAbove = (one: End, other: End): Truth =>
  any(less(one[0], other[0]), all(equal(one[0], other[0]), one[1] <= other[1]));

const before = (one: Value, other: Value): Truth => below(high(one), low(other));
const overlaps = (one: Value, other: Value): Truth =>
  not(any(before(one, other), before(other, one)));
const ofRange = (one: Value, claim: Truth): Truth => !(one instanceof Range) || claim;

// after, met by, finished by, started by and during come with their arguments exchanged.
export const RANGES = {
  before,
  meets: (one: Value, other: Value) => all(!high(one)[1], same(high(one), low(other))),
  overlaps,
  'overlaps before': (one: Value, other: Value) =>
    all(below(low(one), low(other)), overlaps(one, other), notAbove(high(one), high(other))),
  'overlaps after': (one: Value, other: Value) =>
    all(below(high(other), high(one)), overlaps(one, other), notAbove(low(other), low(one))),
  finishes: (one: Value, other: Value) =>
    all(same(high(one), high(other)), ofRange(one, notAbove(low(other), low(one)))),
  starts: (one: Value, other: Value) =>
    all(same(low(one), low(other)), ofRange(one, notAbove(high(one), high(other)))),
  includes: (one: Value, other: Value) =>
    all(notAbove(low(one), low(other)), notAbove(high(other), high(one))),
  coincides: equal,
};
