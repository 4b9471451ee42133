// Which built-in functions work on texts?
import { count } from '../decimals';
import { show } from '../showing';
import { integer, type Decimal, type Value } from '../values';

function substring(text: string, start: Decimal, length?: Decimal): string | null {
  const characters = [...text];
  const position = count(start);
  if (position === 0) return null;
  // Less than one character is none.
  if (Math.abs(position) > characters.length || (length && (length.digits < 0n || !count(length)))) {
    return '';
  }
  const first = position > 0 ? position - 1 : characters.length + position;
  return characters.slice(first, length && first + count(length)).join('');
}

// A replacement as texts and numbers of groups, or null if it can't be read.
function template(text: string, groups: number): (string | number)[] | null {
  const parts: (string | number)[] = [];
  for (let rest = text; rest; ) {
    const plain = /^(?:\\([\\$])|([^\\$]))/.exec(rest);
    if (plain) {
      parts.push(plain[1] ?? plain[2]!);
      rest = rest.slice(plain[0].length);
      continue;
    }
    let digits = /^\$\d/.exec(rest)?.[0].slice(1);
    if (!digits) return null;
    // As many digits as still name a group; one that does not exist stands for nothing.
    for (let next; /\d/.test((next = rest[digits.length + 1] ?? '')) && Number(digits + next) <= groups; ) {
      digits += next;
    }
    if (Number(digits) <= groups) parts.push(Number(digits));
    rest = rest.slice(digits.length + 1);
  }
  return parts;
}

function replace(text: string, pattern: RegExp, replacement: string, literal?: boolean): string | null {
  if (''.search(pattern) === 0) return null;
  const groups = new RegExp(`${pattern.source}|`, pattern.flags).exec('')!.length - 1;
  const parts = literal ? [replacement] : template(replacement, groups);
  return (
    parts &&
    text.replace(pattern, (...found: (string | undefined)[]) =>
      parts.map((part) => (typeof part === 'string' ? part : (found[part] ?? ''))).join(''),
    )
  );
}

function split(text: string, pattern: RegExp): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (const match of text.matchAll(pattern)) {
    pieces.push(text.slice(start, match.index));
    start = match.index! + match[0].length;
  }
  return [...pieces, text.slice(start)];
}

const after = (text: string, match: string): string => {
  const found = text.indexOf(match);
  return found < 0 ? '' : text.slice(found + match.length);
};

export const TEXTS = {
  substring,
  'string length': (text: string) => integer([...text].length),
  'upper case': (text: string) => text.toUpperCase(),
  'lower case': (text: string) => text.toLowerCase(),
  'substring before': (text: string, match: string) =>
    text.slice(0, Math.max(0, text.indexOf(match))),
  'substring after': after,
  contains: (text: string, match: string) => text.includes(match),
  'starts with': (text: string, match: string) => text.startsWith(match),
  'ends with': (text: string, match: string) => text.endsWith(match),
  'string join': (texts: (string | null)[], delimiter: string | null = null) =>
    texts.filter((text) => text !== null).join(delimiter ?? ''),
  string: (value: Value) => (value === null ? null : show(value)),
  matches: (text: string, pattern: RegExp) => text.search(pattern) >= 0,
  replace,
  split,
};
