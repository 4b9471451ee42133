// What does a control of the panel say, as it would stand in the file?

export type Value = unknown;

// The value of a control; undefined where it says nothing.
export function read(control: HTMLElement): Value {
  const reader = READERS[control.dataset['control'] ?? ''];
  return reader ? reader(control) : undefined;
}

export function parsed(text: string | undefined): Value {
  if (!text) return undefined;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return text;
  }
}

const READERS: Record<string, (control: HTMLElement) => Value> = {
  words,
  text: (control) => typed(control, '[data-text]'),
  code: (control) => typed(control, '[data-text]'),
  icon: (control) => typed(control, '[data-text]'),
  typed: (control) => free(control),
  number,
  yes_no: (control) => box(control, '[data-yes]').checked,
  segments: (control) => parsed(own<HTMLInputElement>(control, '[data-choice]:checked')?.value),
  colour: (control) => parsed(colourBox(control)?.value),
  choice: (control) => parsed(chosen(control, '[data-choice]')),
  pick: (control) => parsed(chosen(control, '[data-choice]')),
  way: (control) => parsed(chosen(control, '[data-choice]')),
  duration,
  picks: (control) => filled(listed(control)),
  sorts: (control) => filled(listed(control)),
  ticks: (control) => filled(ticked(control)),
  lines: (control) => filled(linesOf(control)),
  condition: (control) => box(control, '[data-feel]').value || undefined,
  value: valueOf,
  either,
  fixed: (control) => parsed(control.dataset['held']),
  parts,
  map,
};

function own<T extends HTMLElement>(control: HTMLElement, selector: string): T | null {
  const all = control.querySelectorAll<T>(selector);
  return [...all].find((each) => each.closest('[data-control]') === control) ?? null;
}

function box(control: HTMLElement, selector: string): HTMLInputElement {
  return own<HTMLInputElement>(control, selector)!;
}

function chosen(control: HTMLElement, selector: string): string | undefined {
  return own<HTMLSelectElement>(control, selector)?.value || undefined;
}

// A row of swatches, or a small select where there is little room.
function colourBox(control: HTMLElement): { value: string } | null {
  return (
    own<HTMLInputElement>(control, '[data-choice]:checked') ??
    own<HTMLSelectElement>(control, 'select[data-choice]')
  );
}

function typed(control: HTMLElement, selector: string): string | undefined {
  return box(control, selector).value.trim() || undefined;
}

function words(control: HTMLElement): Value {
  const held = sharedBy(control)?.dataset['blanks'] ?? control.dataset['blanks'];
  const names = (parsed(held) ?? {}) as Record<string, string>;
  const zh = withIds(box(control, '[data-zh]').value.trim(), names);
  const en = withIds(box(control, '[data-en]').value.trim(), names);
  if (!zh) return undefined;
  return en ? { zh, en } : zh;
}

// Where many texts can hold the same names, the page has these once.
export function sharedBy(control: HTMLElement): HTMLTemplateElement | null {
  const id = control.dataset['shared'];
  return id ? (document.getElementById(id) as HTMLTemplateElement | null) : null;
}

// People read the names of fields in a text; what is kept are their ids.
export function withIds(text: string, names: Record<string, string>): string {
  return Object.entries(names).reduce((all, [id, name]) => all.replaceAll(`【${name}】`, `{${id}}`), text);
}

// What looks like a number, yes or no, or a list is one; anything else is a text.
function free(control: HTMLElement): Value {
  const text = typed(control, '[data-typed]');
  if (text === undefined) return undefined;
  return /^(-?\d+(\.\d+)?|true|false|\[.*\]|\{.*\}|".*")$/s.test(text) ? parsed(text) : text;
}

function number(control: HTMLElement): Value {
  const { value } = box(control, '[data-number]');
  return value.trim() === '' ? undefined : Number(value);
}

function duration(control: HTMLElement): Value {
  const amount = box(control, '[data-amount]').value.trim();
  if (amount === '') return undefined;
  const unit = box(control, '[data-unit]').value;
  return unit === 'D' ? `P${amount}D` : `PT${amount}${unit}`;
}

function filled<T>(values: T[]): T[] | undefined {
  return values.length ? values : undefined;
}

function listed(control: HTMLElement): string[] {
  const rows = control.querySelectorAll<HTMLElement>('[data-pick]');
  return [...rows].map((row) => row.dataset['pick'] ?? '');
}

function ticked(control: HTMLElement): Value[] {
  const boxes = control.querySelectorAll<HTMLInputElement>('[data-tick]:checked');
  return [...boxes].map((each) => parsed(each.value));
}

// A line that was not touched stays what it was: a text in two languages, a number.
function linesOf(control: HTMLElement): Value[] {
  const area = own<HTMLTextAreaElement>(control, '[data-lines]')!;
  const kind = area.dataset['lines'];
  const held = (parsed(control.dataset['held']) ?? []) as Value[];
  const before = new Map(held.map((each) => [shownAs(each), each]));
  const texts = area.value.split('\n').map((line) => line.trim());
  return texts
    .filter(Boolean)
    .map((text) => before.get(text) ?? (kind === 'number' ? Number(text) : kind === 'anything' ? parsed(text) : text));
}

function shownAs(value: Value): string {
  if (typeof value === 'string') return value;
  const zh = (value as { zh?: string } | null)?.zh;
  return zh ?? JSON.stringify(value);
}

// Text in FEEL is written as in JSON.
function valueOf(control: HTMLElement): Value {
  const way = chosen(control, '[data-way]');
  const wrapped = Boolean(own(control, '[data-wrapped]'));
  if (way === 'fixed') return fixed(control, wrapped);
  const feel = feelOf(control, way ?? '');
  if (!feel) return undefined;
  return wrapped ? { feel } : feel;
}

function feelOf(control: HTMLElement, way: string): string | undefined {
  if (way === 'field') return chosen(control, '[data-field]');
  if (way === 'moment') return chosen(control, '[data-moment]');
  if (way === 'clear') return 'null';
  return way === 'formula' ? box(control, '[data-feel]').value || undefined : undefined;
}

function fixed(control: HTMLElement, plain: boolean): Value {
  const input = box(control, '[data-fixed]');
  const text = input.value.trim();
  if (!text) return undefined;
  const kind = input.dataset['fixed'];
  if (plain) {
    if (kind === 'number') return Number(text);
    if (kind === 'yes_no') return text === 'true';
    return /^[[{]/.test(text) ? parsed(text) : text;
  }
  if (kind === 'number' || kind === 'yes_no') return text;
  return kind === 'date' ? `date(${JSON.stringify(text)})` : JSON.stringify(text);
}

function either(control: HTMLElement): Value {
  const at = chosen(control, '[data-either]') ?? '0';
  const way = [...control.children].find((each) => (each as HTMLElement).dataset['way'] === at);
  const inner = way?.querySelector<HTMLElement>('[data-control]');
  return inner ? read(inner) : undefined;
}

// A condition alone is a text; with a message it is a thing of its own.
function parts(control: HTMLElement): Value {
  const found: Record<string, Value> = {};
  for (const part of control.querySelectorAll<HTMLElement>(':scope > [data-part]')) {
    const value = read(part.querySelector<HTMLElement>('[data-control]')!);
    if (value !== undefined) found[part.dataset['part'] ?? ''] = value;
  }
  const keys = Object.keys(found);
  const asked = control.querySelector(':scope > [data-part="when"]');
  if (asked && found['when'] === undefined) return undefined;
  return keys.length === 1 && keys[0] === 'when' ? found['when'] : found;
}

function map(control: HTMLElement): Value {
  const found: Record<string, Value> = {};
  for (const row of control.querySelectorAll<HTMLElement>('[data-map-row]')) {
    const key = row.querySelector<HTMLInputElement>('[data-key]')?.value.trim();
    const inner = row.querySelector<HTMLElement>('[data-control]');
    const value = inner ? read(inner) : undefined;
    if (key && value !== undefined) found[key] = value;
  }
  return Object.keys(found).length ? found : undefined;
}

// Rows that have a name but no value yet, or a value but no name: nothing is sent before both.
export function unfinished(control: HTMLElement): boolean {
  return [...control.querySelectorAll<HTMLElement>('[data-map-row]')].some((row) => {
    const key = row.querySelector<HTMLInputElement>('[data-key]')?.value.trim();
    const inner = row.querySelector<HTMLElement>('[data-control]');
    const value = inner ? read(inner) : undefined;
    return !key !== (value === undefined) || (!key && value === undefined);
  });
}
