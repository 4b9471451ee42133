// Which built-in functions work on contexts, and on values of any kind?
import { equal } from '../comparing';
import { Temporal, entryOf, kindOf, type Context, type Value } from '../values';

const isContext = (value: Value): value is Context => kindOf(value) === 'c';

function valueAt(context: Context, path: string | (string | null)[]): Value {
  const step = (found: Value, name: string | null): Value =>
    isContext(found) && name !== null ? entryOf(found, name) : null;
  const names = [path].flat();
  return names.length ? names.reduce<Value>(step, context) : null;
}

function put(context: Context, path: string | (string | null)[], value: Value): Value {
  const [name, ...rest] = [path].flat();
  if (name == null || rest.includes(null)) return null;
  if (!rest.length) return { ...context, [name]: value };
  const inner = entryOf(context, name);
  const deeper = isContext(inner) ? put(inner, rest, value) : null;
  return deeper && { ...context, [name]: deeper };
}

function made(entries: readonly Value[]): Value {
  const pairs = entries.map((entry) =>
    isContext(entry) && 'value' in entry ? [entryOf(entry, 'key'), entryOf(entry, 'value')] : [],
  );
  const names = pairs.map(([name]) => name);
  return new Set(names).size < names.length || names.some((name) => typeof name !== 'string')
    ? null
    : Object.fromEntries(pairs);
}

const is = (one?: Value, other?: Value): boolean =>
  one !== undefined &&
  other !== undefined &&
  equal(one, other) === true &&
  (!(one instanceof Temporal) || one.zone === (other as Temporal).zone);

export const CONTEXTS = {
  'get value': valueAt,
  'get entries': (context: Context) =>
    Object.entries(context).map(([key, value]) => ({ key, value })),
  context: made,
  'context put': put,
  'context merge': (contexts: readonly Value[]) =>
    contexts.every(isContext) ? Object.fromEntries(contexts.flatMap(Object.entries)) : null,
  is,
};
