// Which number does a text hold?
import { decimal, fitted } from '../decimals';
import type { Decimal } from '../values';

function read(text: string): Decimal | null {
  const found = /^(-?(?:\d+\.?\d*|\.\d+))(?:e(\d+))?$/i.exec(text);
  const value = found && decimal(found[1]!);
  return value && fitted(value.digits, value.scale - Number(found[2] ?? 0));
}

export function number(text: string, grouping: string | null = null, point: string | null = null) {
  const known = /^[ ,.]$/.test(grouping ?? ' ') && /^[,.]$/.test(point ?? '.');
  if (!known || (grouping && grouping === point)) return null;
  const joined = grouping ? text.split(grouping).join('') : text;
  return read(joined.split(point ?? '.').join('.'));
}
