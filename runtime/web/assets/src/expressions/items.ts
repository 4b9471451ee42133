// Which items of a list does a position name?
import { count } from './decimals';
import { Decimal, listed, type Value } from './values';

// Where a position from 1, or from the end if negative, points to; null beyond the ends.
export function indexOf(items: readonly unknown[], position: Decimal): number | null {
  const place = count(position);
  const index = place < 0 ? items.length + place : place - 1;
  return index in items ? index : null;
}

export function itemAt(items: Value, position: Value): Value {
  const found = listed(items);
  const index = found && position instanceof Decimal ? indexOf(found, position) : null;
  return index === null ? null : found![index]!;
}
