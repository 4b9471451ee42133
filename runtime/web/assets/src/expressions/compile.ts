// What is an expression that is ready to run in the browser?
import { ready as load } from './calls';
import { guarded, runOf, type Tree } from './closures';
import type { Context, Env, Value } from './values';

// As VERSION in engine/expressions/to_json.py.
const VERSION = 2;

export type Shipped = { version: number; type: string; tree: Tree };

export type Expression = {
  // The result for a row; null where anything it needs is missing.
  value(row: Context, env: Env): Value;
  // True only if the condition is true; null and false are false.
  holds(row: Context, env: Env): boolean;
};

// Resolves when everything that these expressions need is there.
export const ready = (...all: Shipped[]): Promise<void> => load(...all.map(({ tree }) => tree));

export function compile(json: Shipped): Expression {
  if (json.version !== VERSION) throw new Error(`expression of version ${json.version}`);
  const value = guarded(runOf({}, json.tree));
  return { value, holds: (row, env) => value(row, env) === true };
}
