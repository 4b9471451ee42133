// How is a built-in function called, and which arguments does it take?
import { CONTEXTS } from './builtins/contexts';
import { DATES } from './builtins/dates';
import { LISTS } from './builtins/lists';
import { NUMBERS } from './builtins/numbers';
import { PERIODS } from './builtins/periods';
import { RANGES } from './builtins/ranges';
import { TEXTS } from './builtins/texts';
import { guarded, type Maker, type Run, type Tree } from './closures';
import { kindOf, type Value } from './values';

type Builtin = (...values: any[]) => Value;
const BUILTINS: Record<string, Builtin> = {
  ...CONTEXTS, ...DATES, ...LISTS, ...NUMBERS, ...PERIODS, ...RANGES, ...TEXTS,
};

// Undefined is no argument for the function: it gives null then.
type Fit = (value: Value) => Value | undefined;

const notNull: Fit = (value) => (value === null ? undefined : value);

// What an argument may be, as to_json.py writes it: nothing if it is right, `!` if it must not be
// null, else the letters of its kinds, `0` if null is one, and behind a colon those of its items.
function fitting(spec: string): Fit | null {
  if (!spec) return null;
  if (spec === '!') return notNull;
  const [kinds = '', items] = spec.split(':');
  return (given) => {
    if (given === null) return kinds.includes('0') ? null : undefined;
    let value = given;
    // The standard's conversion between a value and a list of only that value.
    if (!kinds.includes(kindOf(value))) {
      if (Array.isArray(value) && value.length === 1) value = value[0];
      else if (kinds.includes('l')) value = [value];
    }
    if (value === null || !kinds.includes(kindOf(value))) return undefined;
    const every = (item: Value): boolean => item === null || items!.includes(kindOf(item));
    return items && Array.isArray(value) && !value.every(every) ? undefined : value;
  };
}

export function call(
  make: Maker, name: string, trees: Tree[], specs: string[] = [], together = false,
): Run {
  const known = BUILTINS[name];
  if (!known) throw new Error(`not for the browser: ${name}()`);
  const runs = make.runs(trees);
  const fits = runs.map((_, index) => fitting(specs[index] ?? ''));
  return guarded((row, env) => {
    const values: Value[] = [];
    for (let index = 0; index < runs.length; index += 1) {
      const value = runs[index]!(row, env);
      const fit = fits[index];
      const fitted = fit ? fit(value) : value;
      if (fitted === undefined) return null;
      values.push(fitted);
    }
    return together ? known(values) : known(...values);
  });
}
