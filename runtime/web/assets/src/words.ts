// What does a module say to the person, in the language of the page?
//
// The page carries the texts in <div id="words" hidden data-…>; blanks stand in braces.

const BLANK = /\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}/g;

export function word(key: string, blanks: Record<string, string | number> = {}): string {
  return filled(document.getElementById('words')?.dataset[key] ?? key, blanks);
}

// `{n:day|days}` becomes the first word for one of something, else the second.
export function filled(text: string, blanks: Record<string, string | number>): string {
  return text.replace(BLANK, (all, name: string, one?: string, several?: string) => {
    const value = blanks[name];
    if (value === undefined || one === undefined) return String(value ?? all);
    return String(value) === '1' ? one : several!;
  });
}
