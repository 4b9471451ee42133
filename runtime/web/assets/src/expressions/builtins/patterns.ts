// Which built-in functions match texts against patterns?

// The replacement comes as its texts and the numbers of its groups.
function replace(text: string, pattern: RegExp, parts: readonly (string | number)[] | null) {
  if (!parts) return null;
  return text.replace(pattern, (...found: (string | undefined)[]) =>
    parts.map((part) => (typeof part === 'string' ? part : found[part])).join(''),
  );
}

function split(text: string, pattern: RegExp): string[] {
  let start = 0;
  const pieces = Array.from(text.matchAll(pattern), (match) => {
    const piece = text.slice(start, match.index);
    start = match.index! + match[0].length;
    return piece;
  });
  return [...pieces, text.slice(start)];
}

export const PATTERNS = {
  matches: (text: string, pattern: RegExp) => text.search(pattern) >= 0,
  replace,
  split,
};
