// What is an expression that is ready to run in the browser?
import './rules';
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

export function compile(json: Shipped): Expression {
  if (json.version !== VERSION) throw Error(`${json.version}`);
  const value = guarded(runOf({}, json.tree));
  return { value, holds: (row, env) => value(row, env) === true };
}
