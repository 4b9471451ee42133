// What is a filter made of, as the server draws it and as it is sent back?

export type Condition = { field: string; op: string; values: string[]; titles?: Titles };
export type Group = { all: boolean; items: Item[] };
// A part that only the text can say; the builder shows it in words and keeps it as it is.
export type Written = { text: string; told?: string };
export type Item = Condition | Group | Written;
export type Titles = Record<string, string>;

// How many values an operator takes, and of which sort they are.
export type Shape = 'none' | 'one' | 'two' | 'days' | 'several' | 'period';

export type Field = {
  id: string;
  label: string;
  group?: string;
  kind: string;
  options?: [string, string][];
  source?: string;
  sign?: string;
  unit?: string;
};
export type Operator = { op: string; label: string; shape: Shape; group?: string };
export type Problem = { at: number[]; message: string };
export type Model = {
  fields: Field[];
  menus: Record<string, Operator[]>;
  filter: Group | null;
  problems: Problem[];
  deepest: number;
};

export function isGroup(item: Item): item is Group {
  return 'items' in item;
}

export function isWritten(item: Item): item is Written {
  return 'text' in item;
}

// A menu's entry such as `in_period:this_week` says the operator and its value in one choice.
export function entryOf(condition: Condition, offered: Operator[]): Operator | undefined {
  const whole = `${condition.op}:${condition.values[0] ?? ''}`;
  return offered.find(({ op }) => op === whole) ?? offered.find(({ op }) => op === condition.op);
}
