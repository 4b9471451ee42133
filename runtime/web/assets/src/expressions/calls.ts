// How is a built-in function called, and which arguments does it take?
import { DATES } from './builtins/dates';
import { LISTS } from './builtins/lists';
import { NUMBERS } from './builtins/numbers';
import { TEXTS } from './builtins/texts';
import { guarded, runOf, type Cells, type Run, type Tree } from './closures';
import { kindOf, type Value } from './values';

type Builtin = (...values: any[]) => Value;
// `more.ts` adds those that few expressions need.
export const BUILTINS: Record<string, Builtin> = { ...DATES, ...LISTS, ...NUMBERS, ...TEXTS };

// What an argument may be, as to_json.py writes it: anything, `!` if it must not be null, else the
// letters of its kinds, `0` if null is one, and behind a colon those of its items. Undefined is no
// argument for the function: it gives null then.
function fitting(given: Value, spec: string): Value | undefined {
  const [kinds = '', items = ''] = spec.split(':');
  const fits = (value: Value, letters: string): boolean => letters.includes(kindOf(value));
  if (given === null) return fits(given, kinds) ? null : undefined;
  let value = given;
  // The standard's conversion between a value and a list of only that value.
  if (!fits(value, kinds)) {
    if (Array.isArray(value) && value.length === 1) value = value[0];
    else if (kinds.includes('l')) value = [value];
  }
  if (value === null || !fits(value, kinds)) return undefined;
  const right = (item: Value): boolean => item === null || fits(item, items);
  return items && Array.isArray(value) && !value.every(right) ? undefined : value;
}

export function call(
  cells: Cells, name: string, trees: Tree[], specs: string[] = [], together = false,
): Run {
  const known = BUILTINS[name];
  if (!known) throw Error(`no ${name}() in the browser`);
  const parts = trees.map((tree, index) => [runOf(cells, tree), specs[index]] as const);
  return guarded((row, env) => {
    const values: Value[] = [];
    for (const [run, spec] of parts) {
      const given = run(row, env);
      const fitted = !spec || (spec === '!' && given !== null) ? given : fitting(given, spec);
      if (fitted === undefined) return null;
      values.push(fitted);
    }
    return together ? known(values) : known(...values);
  });
}
