// Which input takes the values of a condition?
import { askJson } from '../net';
import type { Field, Shape, Titles } from './model';
import type { Parts } from './parts';

export type Values = { values: string[]; titles?: Titles };

export interface ValueInput {
  nodes: Node[];
  read(): Values;
}

const FEW = 20;
const INPUTS: Record<string, Partial<HTMLInputElement>> = {
  number: { type: 'text', inputMode: 'decimal', autocomplete: 'off' },
  date: { type: 'date' },
  moment: { type: 'datetime-local' },
  time: { type: 'time' },
};

export function valueInput(parts: Parts, field: Field, shape: Shape, held: Values): ValueInput {
  if (shape === 'none' || shape === 'period') return { nodes: [], read: () => ({ values: [] }) };
  if (shape === 'days') return days(parts, held);
  if (field.kind === 'region' && shape === 'one') return region(parts, held);
  if (shape === 'several') return several(parts, field, held);
  return plain(parts, field, held, shape === 'two');
}

// The sort of input: what was typed into one is carried over to another of the same sort.
export function sortOf(field: Field, shape: Shape): string {
  if (shape === 'days' || shape === 'none' || shape === 'period') return shape;
  if (field.source || field.options || shape === 'several') return `${field.kind} ${field.id}`;
  return field.kind;
}

function plain(parts: Parts, field: Field, held: Values, two: boolean): ValueInput {
  const first = input(field, held.values[0] ?? '', parts.word(two ? 'from' : 'value'));
  if (!two) return { nodes: withUnit(field, [first]), read: () => ({ values: filled([first]) }) };
  const last = input(field, held.values[1] ?? '', parts.word('to'));
  const dash = document.createElement('span');
  dash.className = 'muted';
  dash.textContent = '–';
  // One end may stay open; both empty are no value.
  const read = () => ({
    values: filled([first, last]).length ? [first.value.trim(), last.value.trim()] : [],
  });
  return { nodes: [...withUnit(field, [first]), dash, ...withUnit(field, [last])], read };
}

function filled(inputs: HTMLInputElement[]): string[] {
  return inputs.map(({ value }) => value.trim()).filter(Boolean);
}

function input(field: Field, value: string, label: string): HTMLInputElement {
  const made = document.createElement('input');
  made.className = 'input';
  const sort = value.includes('T') && field.kind === 'date' ? 'moment' : field.kind;
  Object.assign(made, { type: 'text' }, INPUTS[sort] ?? {});
  made.value = value;
  made.setAttribute('aria-label', label);
  return made;
}

function withUnit({ sign, unit }: Field, inputs: HTMLInputElement[]): Node[] {
  if (!sign && !unit) return inputs;
  const group = document.createElement('div');
  group.className = 'input-group';
  if (sign) group.append(addon(sign));
  group.append(...inputs);
  if (unit) group.append(addon(unit));
  return [group];
}

function addon(text: string): HTMLElement {
  const made = document.createElement('span');
  made.className = 'input-group__addon';
  made.textContent = text;
  return made;
}

function days(parts: Parts, held: Values): ValueInput {
  const place = parts.make('days');
  const number = place.querySelector('input')!;
  number.value = held.values[0] ?? '7';
  return { nodes: [place], read: () => ({ values: filled([number]) }) };
}

function several(parts: Parts, field: Field, held: Values): ValueInput {
  if (field.source) return picker(parts, field, held);
  if (field.options) {
    return field.options.length > FEW ? checklist(parts, field, held) : choices(parts, field, held);
  }
  return words(parts, held);
}

function choices(parts: Parts, field: Field, held: Values): ValueInput {
  const place = parts.make('choices');
  const options = field.options ?? [];
  const name = `choice-${parts.count()}`;
  for (const [id, text] of options) place.append(box(id, text, name, held, 'choice'));
  mark(place);
  place.addEventListener('change', () => mark(place));
  return { nodes: [place], read: () => ({ values: checked(place) }) };
}

function checklist(parts: Parts, field: Field, held: Values): ValueInput {
  const place = parts.make('checklist');
  const list = place.querySelector<HTMLElement>('.columns-list')!;
  const name = `choice-${parts.count()}`;
  list.id = name;
  // Of many, those that are chosen stand first: nobody has to look for them.
  const chosen = (option: [string, string]) => Number(held.values.includes(option[0]));
  for (const [id, text] of [...(field.options ?? [])].sort((a, b) => chosen(b) - chosen(a))) {
    list.append(box(id, text, name, held, 'columns-list__item'));
  }
  place.querySelector<HTMLInputElement>('input[type=search]')!.dataset['narrow'] = `#${name}`;
  return { nodes: [place], read: () => ({ values: checked(place) }) };
}

function box(
  id: string,
  text: string,
  name: string,
  held: Values,
  style: string,
): HTMLLabelElement {
  const label = document.createElement('label');
  label.className = style;
  const made = document.createElement('input');
  made.type = 'checkbox';
  made.name = name;
  made.value = id;
  made.checked = held.values.includes(id);
  const words = document.createElement('span');
  words.textContent = text;
  label.append(made, words);
  return label;
}

function mark(place: HTMLElement): void {
  for (const label of place.querySelectorAll('label')) {
    label.classList.toggle('is-on', label.querySelector('input')!.checked);
  }
}

function checked(place: HTMLElement): string[] {
  return Array.from(place.querySelectorAll<HTMLInputElement>('input:checked'), (box) => box.value);
}

function picker(parts: Parts, field: Field, held: Values): ValueInput {
  const place = parts.make('picker');
  place.dataset['source'] = field.source ?? '';
  place.dataset['name'] = `pick-${parts.count()}`;
  place.querySelector('.picker-input')!.setAttribute('aria-label', parts.word('search'));
  const chips = place.querySelector('.chips')!;
  for (const id of held.values) {
    const made = parts.make('chip');
    made.querySelector('input')!.value = id;
    const title = held.titles?.[id] ?? id;
    made.querySelector('span')!.textContent = title;
    const remove = made.querySelector('button')!;
    remove.setAttribute('aria-label', remove.dataset['label']!.replace('{name}', title));
    chips.append(made);
  }
  return { nodes: [place], read: () => picked(place) };
}

function picked(place: HTMLElement): Values {
  const titles: Titles = {};
  const values: string[] = [];
  for (const chip of place.querySelectorAll('.chip')) {
    const id = chip.querySelector('input')!.value;
    const words = Array.from(chip.childNodes).filter((node) => !(node instanceof HTMLButtonElement));
    values.push(id);
    titles[id] = words.map((node) => node.textContent ?? '').join('').trim();
  }
  return { values, titles };
}

// A region lies in those whose codes begin its own: choosing a province means all of it.
function region(parts: Parts, held: Values): ValueInput {
  const place = parts.make('region');
  const hidden = place.querySelector<HTMLInputElement>('input[type=hidden]')!;
  hidden.value = held.values[0] ?? '';
  void offerRegions(Array.from(place.querySelectorAll('select')), place.dataset['source'] ?? '', hidden.value);
  return { nodes: [place], read: () => ({ values: hidden.value ? [hidden.value] : [] }) };
}

async function offerRegions(selects: HTMLSelectElement[], source: string, held: string): Promise<void> {
  let above = '';
  for (const select of selects) {
    const { parts } = await askJson<{ parts: [string, string][] }>(`${source}?of=${above}`);
    for (const [code, name] of parts) select.add(new Option(name, code));
    select.disabled = !parts.length;
    const chosen = parts.find(([code]) => held.startsWith(code))?.[0];
    if (!chosen) return;
    select.value = chosen;
    above = chosen;
  }
}

// Words of one's own, as tags have them: written with commas between.
function words(parts: Parts, held: Values): ValueInput {
  const made = document.createElement('input');
  made.className = 'input';
  made.value = held.values.join('、');
  made.placeholder = parts.word('commas');
  made.setAttribute('aria-label', parts.word('value'));
  const read = () => ({ values: made.value.split(/[,，、;；]/).map((t) => t.trim()).filter(Boolean) });
  return { nodes: [made], read };
}
