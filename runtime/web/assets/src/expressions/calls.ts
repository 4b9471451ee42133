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
  if (fits(given, kinds)) {
    const right = (item: Value): boolean => fits(item, `${items}0`);
    return items && Array.isArray(given) && !given.every(right) ? undefined : given;
  }
  // The standard's conversion between a value and a list of only that value.
  const other =
    given === null ? null : Array.isArray(given) && given.length === 1 ? given[0] : [given];
  return other !== null && fits(other, kinds) ? fitting(other, spec) : undefined;
}

export function call(
  cells: Cells, name: string, trees: Tree[], specs: string[] = [], together = false,
): Run {
  const known = BUILTINS[name];
  if (!known) throw Error(name);
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
