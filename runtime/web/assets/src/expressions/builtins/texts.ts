// Which built-in functions work on texts?
import { count } from '../decimals';
import { indexOf } from '../items';
import { show } from '../showing';
import type { Decimal, Value } from '../values';

function substring(text: string, start: Decimal, length?: Decimal): string | null {
  const characters = [...text];
  const first = indexOf(characters, start);
  if (first === null) return count(start) ? '' : null;
  const most = length ? count(length) : characters.length;
  return most > 0 ? characters.slice(first, first + most).join('') : '';
}

const after = (text: string, match: string): string => {
  const found = text.indexOf(match);
  return found < 0 ? '' : text.slice(found + match.length);
};

export const TEXTS = {
  substring,
  'upper case': (text: string) => text.toUpperCase(),
  'lower case': (text: string) => text.toLowerCase(),
  'substring before': (text: string, match: string) =>
    text.slice(0, Math.max(0, text.indexOf(match))),
  'substring after': after,
  contains: (text: string, match: string) => text.includes(match),
  'starts with': (text: string, match: string) => text.startsWith(match),
  'ends with': (text: string, match: string) => text.endsWith(match),
  'string join': (texts: (string | null)[], delimiter?: string | null) =>
    texts.filter((text) => text !== null).join(delimiter ?? ''),
  string: (value: Value) => (value === null ? null : show(value)),
};
