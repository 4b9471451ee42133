// How does a part of a sentence that was chosen become an edit?
import { beforeDrawing, onChange, send, type Edit, type Target } from '../design/edits';
import { withIds } from '../panel/read';

type Written = string | number | (string | number)[] | Record<string, unknown> | null;

interface Unit {
  key: string;
  letter: string;
  before: string;
}

const UNITS: Record<string, Unit> = {
  days: { key: 'calendar', letter: 'D', before: 'P' },
  hours: { key: 'calendar', letter: 'H', before: 'PT' },
  working_days: { key: 'working', letter: 'D', before: 'P' },
  working_hours: { key: 'working_hours', letter: 'H', before: 'PT' },
};

function ticked(box: ParentNode): string[] {
  return [...box.querySelectorAll<HTMLInputElement>('input:checked')].map((one) => one.value);
}

function people(box: HTMLElement): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const group of box.querySelectorAll<HTMLElement>('[data-group]')) {
    const chosen = ticked(group);
    if (chosen.length > 0) found[group.dataset['group'] ?? ''] = chosen;
  }
  return found;
}

function span(box: HTMLElement): Record<string, string> | null {
  const number = box.querySelector<HTMLInputElement>('input')?.valueAsNumber;
  const unit = UNITS[box.querySelector('select')?.value ?? ''];
  if (!number || !unit) return null;
  return { [unit.key]: `${unit.before}${Math.trunc(number)}${unit.letter}` };
}

function text(box: HTMLElement): string {
  const area = box.querySelector('textarea');
  const names = JSON.parse(area?.dataset['blanks'] ?? '{}') as Record<string, string>;
  return withIds(area?.value.trim() ?? '', names);
}

function written(box: HTMLElement): Written {
  switch (box.dataset['kind']) {
    case 'people':
      return people(box);
    case 'span':
      return span(box);
    case 'text':
      return text(box);
    case 'days':
      return ticked(box).map(Number);
    default:
      return ticked(box);
  }
}

function isNothing(value: Written): boolean {
  if (value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

async function keep(target: Target, value: Written, optional: boolean): Promise<boolean> {
  const edit: Edit = isNothing(value) && optional ? { op: 'remove', target } : { op: 'set', target, value };
  return (await send([edit])).rev > 0;
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const controls = (box: HTMLElement): Control[] => [...box.querySelectorAll<Control>('input, textarea, select')];

const isTick = (one: Control): one is HTMLInputElement =>
  one instanceof HTMLInputElement && ['checkbox', 'radio'].includes(one.type);

const saysOf = (one: Control): string | boolean => (isTick(one) ? one.checked : one.value);

function stateOf(box: HTMLElement): string {
  return JSON.stringify(controls(box).map(saysOf));
}

interface Paused {
  at: string;
  says: (string | boolean)[];
  focused: number;
}

const resumed = new WeakSet<HTMLElement>();

// The sentence is about to be drawn anew by the answer to an earlier edit, while somebody chooses.
function pause(): Paused | null {
  const box = document.querySelector<HTMLDetailsElement>('#flow details[data-pick][open]');
  if (!box) return null;
  const all = controls(box);
  const focused = all.indexOf(document.activeElement as Control);
  return { at: box.dataset['pick'] ?? '', says: all.map(saysOf), focused };
}

// What was chosen so far stays chosen, if it is still about the same.
function resume({ at, says, focused }: Paused): void {
  const box = document.querySelector<HTMLDetailsElement>(`#flow details[data-pick="${CSS.escape(at)}"]`);
  const all = box ? controls(box) : [];
  if (!box || box.open || all.length !== says.length) return;
  before.set(box, stateOf(box));
  resumed.add(box);
  all.forEach((one, n) => {
    const said = says[n];
    if (isTick(one)) one.checked = said === true;
    else one.value = String(said);
  });
  box.open = true;
  all[focused]?.focus({ preventScroll: true });
}

const before = new WeakMap<HTMLElement, string>();

function toggled(box: HTMLDetailsElement): void {
  if (box.open) {
    for (const other of document.querySelectorAll<HTMLDetailsElement>('details[data-pick][open]'))
      if (other !== box) other.open = false;
    if (resumed.delete(box)) return;
    before.set(box, stateOf(box));
    box.querySelector<HTMLElement>('input, textarea')?.focus({ preventScroll: true });
    return;
  }
  if (!box.isConnected || before.get(box) === stateOf(box)) return;
  void finish(box, written(box));
}

async function finish(box: HTMLDetailsElement, value: Written): Promise<void> {
  const target = JSON.parse(box.dataset['pick'] ?? '[]') as Target;
  if (await keep(target, value, box.hasAttribute('data-optional'))) return;
  box.open = true;
}

function clicked(event: MouseEvent): void {
  const here = event.target instanceof Element ? event.target : null;
  const open = document.querySelector<HTMLDetailsElement>('details[data-pick][open]');
  if (!open || !here) return;
  if (here.closest('[data-pick-clear]')) {
    before.set(open, stateOf(open));
    open.open = false;
    void finish(open, null);
  } else if (here.closest('[data-pick-done]') || !open.contains(here)) open.open = false;
}

function changed(event: Event): void {
  const control = event.target as HTMLInputElement | HTMLSelectElement;
  if (control.matches('[data-insert-field]')) insertField(control as HTMLSelectElement);
  const at = control.dataset['put'];
  if (!at) return;
  const target = JSON.parse(at) as Target;
  const number = control.dataset['kind'] === 'number';
  const value = number ? Number(control.value) : control.value;
  void keep(target, value, control.dataset['kind'] === 'one');
}

function insertField(select: HTMLSelectElement): void {
  const area = select.parentElement?.querySelector('textarea');
  if (area && select.value) area.setRangeText(select.value, area.selectionStart, area.selectionEnd, 'end');
  select.value = '';
  area?.focus();
}

// Escape closes a choice and leaves all as it was.
function pressed(event: KeyboardEvent): void {
  const open = document.querySelector<HTMLDetailsElement>('details[data-pick][open]');
  if (!open || event.key !== 'Escape') return;
  before.set(open, stateOf(open));
  open.open = false;
  open.querySelector('summary')?.focus();
}

export function listenToPicks(): void {
  let paused: Paused | null = null;
  beforeDrawing(({ parts }) => (paused = 'flow' in parts ? pause() : null));
  onChange(() => {
    if (paused) resume(paused);
    paused = null;
  });
  document.addEventListener('click', clicked);
  document.addEventListener('change', changed);
  document.addEventListener('keydown', pressed);
  document.addEventListener(
    'toggle',
    (event) => {
      const box = event.target;
      if (box instanceof HTMLDetailsElement && box.matches('[data-pick]')) toggled(box);
    },
    true,
  );
}
