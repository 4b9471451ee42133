// What does a page carry of a form's logic? runtime/web/forms/logic.py writes it.
import type { compile } from '../expressions';
import { decimal } from '../expressions/decimals';
import { temporal } from '../expressions/reading';
import type { Value } from '../expressions/values';

export type Wired =
  | null | boolean | string | Wired[]
  | { n: string } | { '@': string } | { c: Record<string, Wired> };

export type What =
  | 'default' | 'lookup' | 'formula' | 'section' | 'visible' | 'required' | 'readonly' | 'check';

// How texts in inputs are read; `asked`: only the server can.
export type Reading = {
  as: 'text' | 'number' | 'date' | 'time' | 'datetime' | 'duration' | 'yes_no' | 'id' | 'ids' | 'tags' | 'asked';
  low?: string | number;
  high?: string | number;
  places?: number;
  whole?: boolean;
  percent?: boolean;
  money?: boolean;
  lines?: boolean;
  seconds?: boolean;
  zone?: string;
  off?: boolean;
  order?: string[];
  only?: string[];
  longest?: number;
  pattern?: string;
  upper?: boolean;
};

export type Showing = {
  as: string;
  scale?: number;
  places?: number;
  unit?: string;
  sign?: string;
  yes?: string;
  no?: string;
  zone?: string;
  seconds?: boolean;
  // Never broken into two lines.
  whole?: boolean;
};

export type Spec = { read?: Reading; show?: Showing | null };

// What it is about, the line field in whose rows it holds, its tree, and the paths that it reads
// of its own row and of the record around.
export type Ruled = [What, string, string | null, unknown, string[], string[]];

export type Line = {
  cells: Record<string, Spec>;
  quiet: string[];
  totals: Record<string, Showing | null>;
  stored: Record<string, Record<string, Wired>>;
  blank: Record<string, Wired>;
  // Cells that begin with something in a new row.
  begins: string[];
  needed: string[];
  asked: Record<string, Wired>[];
};

// By reference and id; null for a record that the person may not see.
export type Known = Record<string, Record<string, Record<string, Wired> | null>>;

export type Shipped = {
  // Of the trees.
  version: number;
  locale: string;
  fresh: boolean;
  env: { today: Wired; now: Wired; user: Record<string, Wired> };
  rules: Ruled[];
  kept: string[];
  asks: string[];
  row: Record<string, Wired>;
  known: Known;
  fields: Record<string, Spec>;
  // What inputs hold that only the server can read; in the rows of lines as well.
  asked: Record<string, Wired>;
  lines: Record<string, Line>;
  sections: Record<string, string[]>;
  needed: string[];
};

type Json = Parameters<typeof compile>[0];

export const expressionOf = ({ version }: Shipped, tree: unknown): Json => ({ version, type: '', tree: tree as Json['tree'] });

export const expressionsOf = (shipped: Shipped): Json[] =>
  shipped.rules.flatMap(([, , , tree]) => (tree === null ? [] : [expressionOf(shipped, tree)]));

export function unwired(wired: Wired): Value {
  if (wired === null || typeof wired !== 'object') return wired;
  if (Array.isArray(wired)) return wired.map(unwired);
  if ('n' in wired) return decimal(wired.n);
  return '@' in wired ? temporal(wired['@']) : unwiredAll(wired.c);
}

export function unwiredAll(all: Record<string, Wired>): Record<string, Value> {
  return Object.fromEntries(Object.entries(all).map(([name, wired]) => [name, unwired(wired)]));
}
