// Which number does a text hold?
import { decimal, fitted } from '../decimals';
import type { Decimal } from '../values';

function read(text: string): Decimal | null {
  const found = /^(-?(?:\d+\.?\d*|\.\d+))(?:e(\d+))?$/i.exec(text);
  const value = found && decimal(found[1]!);
  return value && fitted(value.digits, value.scale - Number(found[2] ?? 0));
}

export function number(text: string, grouping: string | null = null, point: string | null = null) {
  if (grouping === point && grouping !== null) return null;
  if (![null, ' ', ',', '.'].includes(grouping) || ![null, ',', '.'].includes(point)) return null;
  const joined = grouping === null ? text : text.replaceAll(grouping, '');
  return read(point === ',' ? joined.replaceAll(',', '.') : joined);
}

