// Which expressions need functions that are not loaded yet?
import { BUILTINS } from './calls';
import type { Shipped } from './compile';

const lacks = (tree: unknown): boolean =>
  Array.isArray(tree) && ((tree[0] === 'call' && !BUILTINS[tree[1]]) || tree.some(lacks));

// Resolves when every function that these expressions call is there.
export async function ready(...expressions: Shipped[]): Promise<void> {
  if (expressions.some(({ tree }) => lacks(tree))) await import('./more');
}
