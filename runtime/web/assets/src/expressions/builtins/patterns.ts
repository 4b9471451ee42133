// Which built-in functions match texts against patterns? These come as JavaScript's own.

// The replacement comes as its texts and the numbers of its groups.
const replace = (text: string, source: string, flags: string, parts: (string | number)[]) =>
  text.replace(RegExp(source, flags), (...found: (string | undefined)[]) =>
    parts.map((part) => (typeof part === 'string' ? part : found[part])).join(''),
  );

function split(text: string, source: string, flags: string): string[] {
  let start = 0;
  const pieces = Array.from(text.matchAll(RegExp(source, flags)), (match) => {
    const piece = text.slice(start, match.index);
    start = match.index! + match[0].length;
    return piece;
  });
  return [...pieces, text.slice(start)];
}

export const PATTERNS = {
  matches: (text: string, source: string, flags: string) => RegExp(source, flags).test(text),
  replace,
  split,
};
