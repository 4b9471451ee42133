// What does a module say to the person, in the language of the page?
//
// The page carries the texts in <div id="words" hidden data-…>; blanks stand in braces.

export function word(key: string, blanks: Record<string, string | number> = {}): string {
  const text = document.getElementById('words')?.dataset[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (all, name: string) => String(blanks[name] ?? all));
}
