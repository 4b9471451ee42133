// What can be written at a place of an expression?
import { askJson } from '../net';

export type Known = { id: string; label: string; about?: string };
export type Words = {
  // By path: '' is the record itself, 'site' what its field site points to.
  fields: Record<string, Known[]>;
  options: Record<string, [string, string][]>;
  // Where the values of a field are looked up, by path.
  sources: Record<string, string>;
  functions: Known[];
  words: Known[];
};
export type Offer = { insert: string; label: string; about: string; sort: string; caret?: number };
// The part of the text that a choice replaces, and what is looked for.
export type Place = { from: number; to: number; typed: string; path: string; value: boolean };

const NAME = /[\p{L}\p{N}_]*$/u;
const PATH = /((?:[\p{L}_][\p{L}\p{N}_]*\.)*)$/u;
const COMPARED = /([\p{L}_][\p{L}\p{N}_.]*)\s*(?:!=|=|\bin\b\s*\(?(?:\s*"[^"]*"\s*,)*)\s*$/u;
const LISTED = /list contains\(\s*([\p{L}_][\p{L}\p{N}_.]*)\s*,\s*$/u;

const known = new Map<string, Promise<Words>>();

export function wordsAt(url: string): Promise<Words> {
  let words = known.get(url);
  if (!words) {
    words = askJson<Words>(url);
    words.catch(() => known.delete(url));
    known.set(url, words);
  }
  return words;
}

// Where the caret stands: behind a name that was begun, behind a dot, or where a value is due.
export function placeAt(text: string, caret: number): Place | null {
  const before = text.slice(0, caret);
  const quotes = before.split('"').length - 1;
  if (quotes % 2) return valuePlace(text, caret, before);
  const typed = NAME.exec(before)![0];
  if (/^\d/.test(typed)) return null;
  const from = caret - typed.length;
  const path = PATH.exec(before.slice(0, from))![1]!.slice(0, -1);
  const after = /^[\p{L}\p{N}_]*/u.exec(text.slice(caret))![0].length;
  const compared = path ? '' : comparedWith(before.slice(0, from));
  return { from, to: caret + after, typed, path: compared || path, value: Boolean(compared) };
}

function valuePlace(text: string, caret: number, before: string): Place | null {
  const from = before.lastIndexOf('"');
  const path = comparedWith(before.slice(0, from));
  if (!path) return null;
  const closing = /^[^"\n]*"/.exec(text.slice(caret))?.[0];
  const to = closing && !/[,()=]/.test(closing) ? caret + closing.length : caret;
  return { from, to, typed: before.slice(from + 1), path, value: true };
}

function comparedWith(before: string): string {
  return COMPARED.exec(before)?.[1] ?? LISTED.exec(before)?.[1] ?? '';
}

export function offers(words: Words, place: Place): Offer[] {
  if (place.value) {
    const options = (words.options[place.path] ?? []).map(([id, label]) => option(id, label));
    const own = options.filter((offer) => fits(offer, place.typed));
    return own.length || !place.typed ? own : names(words, '', place.typed);
  }
  return names(words, place.path, place.typed);
}

export function option(id: string, label: string): Offer {
  return { insert: `"${id}"`, label, about: id, sort: 'option' };
}

function names(words: Words, path: string, typed: string): Offer[] {
  const fields = (words.fields[path] ?? []).map(
    ({ id, label, about }): Offer => ({ insert: id, label, about: about ?? id, sort: 'field' }),
  );
  if (path) return ranked(fields, typed);
  const functions = words.functions.map(
    ({ id, label }): Offer => ({ insert: `${id}()`, label, about: '', sort: 'function', caret: -1 }),
  );
  const others = words.words.map(
    ({ id, label }): Offer => ({ insert: id, label: id, about: label, sort: 'word' }),
  );
  return [...ranked(fields, typed), ...ranked(others, typed), ...ranked(functions, typed)];
}

function ranked(offered: Offer[], typed: string): Offer[] {
  const found = offered.filter((offer) => fits(offer, typed));
  return found.sort((one, other) => Number(begins(other, typed)) - Number(begins(one, typed)));
}

function begins({ insert, label }: Offer, typed: string): boolean {
  const begun = typed.toLowerCase();
  return insert.toLowerCase().startsWith(begun) || label.toLowerCase().startsWith(begun);
}

function fits({ insert, label, about }: Offer, typed: string): boolean {
  const wanted = typed.toLowerCase();
  return [insert, label, about].some((text) => text.toLowerCase().includes(wanted));
}
