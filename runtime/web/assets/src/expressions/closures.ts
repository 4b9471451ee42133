// How does a part of a tree become a function?
//
// Nothing is made from text: every word of a tree has its rule, and no other runs.
import type { Context, Env, Value } from './values';

export type Tree = readonly [word: string, ...parts: any[]] | string | boolean | null;
export type Run = (row: Context, env: Env) => Value;
// A local name is a cell that its loop fills.
type Cell = { value: Value };
export type Cells = Record<string, Cell>;
export type Rule = (cells: Cells, ...parts: any[]) => Run;

export const RULES: Record<string, Rule> = {};

export const cellOf = (cells: Cells, local: string): Cell => (cells[local] ??= { value: null });
export const constant = (value: Value): Run => () => value;

export function runOf(cells: Cells, tree: Tree): Run {
  if (!Array.isArray(tree)) return constant(tree as string | boolean | null);
  const [word, ...parts] = tree;
  const rule = RULES[word];
  // The checker lets nothing else through to the browser.
  if (!rule) throw Error(word);
  return rule(cells, ...parts);
}

export const runsOf = (cells: Cells, trees: readonly Tree[]): Run[] =>
  trees.map((tree) => runOf(cells, tree));

// Null for what is too large.
export const guarded =
  (run: Run): Run =>
  (row, env) => {
    try {
      return run(row, env);
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  };
