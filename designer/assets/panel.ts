// How does the panel turn what people change in it into edits?
import { app, choose, drawing, onChange, type Edit, type Step, type Target } from './design/edits';
import type { Done } from '../../runtime/web/assets/src/sheet';
import { remove } from './design/removing';
import { fillNames } from './panel/names';
import { parsed, read } from './panel/read';
import { keepFrom } from './panel/sight';
import { keep, leave, moved, putBack, sending, type Box } from './panel/typing';
import { commit, make, put, targetOf } from './panel/write';

const PANEL = '#panel, [data-panel-part]';

const folds = new Map<string, boolean>();
let place = { of: '', top: 0 };

// Sheets are not needed before one is opened.
function sheet(url: string, done: Done): void {
  void import('../../runtime/web/assets/src/sheet').then(({ openSheet }) => openSheet(url, done));
}

const inPanel = (event: Event): HTMLElement | null => {
  const target = event.target as HTMLElement | null;
  return target?.closest?.(PANEL) ? target : null;
};

// The control that sends: the outermost one that has an address.
const rootOf = (element: Element): HTMLElement | null => {
  let found: HTMLElement | null = null;
  let each = element.closest<HTMLElement>('[data-control]');
  while (each) {
    if (each.dataset['target']) return each;
    found = each;
    each = each.parentElement?.closest<HTMLElement>('[data-control]') ?? null;
  }
  return found;
};

function changed(event: Event): void {
  const box = inPanel(event) as Box | null;
  // A box that is drawn anew while somebody writes in it counts as changed; it was not left.
  if (!box || drawing()) return;
  leave(box);
  if (box.matches('[data-sight]')) return void keepFrom(box as HTMLSelectElement);
  const control = rootOf(box);
  if (!control) return;
  if (box.matches('[data-blank]')) insertName(control, box as HTMLSelectElement);
  if (box.matches('[data-add]')) return void add(control, box as HTMLSelectElement);
  if (box.matches('[data-new-one]')) return addThing(control, (box as HTMLSelectElement).selectedOptions[0]!);
  if (box.matches('[data-begin-one]')) return begin(control, box.value, true);
  if (box.matches('select[data-way], select[data-either]')) return switchWay(control, box as HTMLSelectElement);
  void commit(control);
}

// A way that needs nothing more is taken at once; another one first shows what it asks for.
function switchWay(control: HTMLElement, select: HTMLSelectElement): void {
  const holder = select.closest<HTMLElement>('[data-control]')!;
  const name = select.matches('[data-either]') ? 'way' : 'of';
  const ways = [...holder.querySelectorAll<HTMLElement>(`[data-${name}]`)].filter(
    (each) => each !== select && each.closest('[data-control]') === holder,
  );
  let shown: HTMLElement | undefined;
  for (const way of ways) {
    way.hidden = way.dataset[name] !== select.value;
    if (!way.hidden) shown = way;
  }
  const asks = shown?.querySelector<HTMLElement>('[data-ask]');
  const empty = shown?.querySelector<HTMLInputElement>('[data-feel]')?.value === '';
  if (asks && (empty || name === 'of')) return ask(asks);
  void commit(control);
  shown?.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea')?.focus();
}

async function add(control: HTMLElement, select: HTMLSelectElement): Promise<void> {
  const id = select.value;
  if (!id) return;
  const row = document.createElement('li');
  row.className = 'panel-row';
  row.dataset['pick'] = id;
  row.textContent = select.selectedOptions[0]?.textContent ?? id;
  control.querySelector('[data-picks]')?.append(row);
  select.value = '';
  await commit(control);
}

// The name of a field comes where one was writing.
function insertName(control: HTMLElement, select: HTMLSelectElement): void {
  const text = control.querySelector<HTMLTextAreaElement | HTMLInputElement>('[data-zh]');
  if (text && select.value) text.setRangeText(select.value, text.selectionStart ?? 0, text.selectionEnd ?? 0, 'end');
  select.value = '';
  text?.focus();
}

function addThing(control: HTMLElement, button: HTMLElement): void {
  const value = parsed(button.dataset['new'] ?? (button as HTMLOptionElement).value);
  const then = parsed(button.dataset['chooseThen']) as Target;
  const key = button.dataset['newKey'];
  const target = targetOf(control);
  const missing = Number(control.dataset['there'] ?? target.length) < target.length;
  const list = control.dataset['control'] === 'options';
  const edit: Edit = missing
    ? put(control, key ? { [key]: value } : [value])
    : key
      ? { op: 'add', target, value, key }
      : { op: 'add', target, value, before: button.dataset['before'] ?? null };
  void make(control, edit, list ? {} : { chosen: then }).then((answer) => {
    if (answer.refused) return;
    if (list) focusLast(control.id);
    else reveal();
  });
}

// On a phone the panel stands below the page: whoever opens something is taken there.
function reveal(): void {
  const panel = document.getElementById('panel');
  if (!panel?.closest('.design--flow') || !window.matchMedia('(max-width: 767px)').matches) return;
  panel.scrollIntoView();
  panel.focus({ preventScroll: true });
}

function focusLast(id: string): void {
  const names = document.getElementById(id)?.querySelectorAll<HTMLInputElement>('[data-option]');
  const last = names && [...names].at(-1);
  last?.focus();
  last?.select();
}

function begin(control: HTMLElement, seed: string | undefined, open: boolean): void {
  if (!seed) return;
  void make(control, put(control, parsed(seed)), open ? { chosen: targetOf(control) } : {}).then(
    (answer) => open && !answer.refused && reveal(),
  );
}

function ask(button: HTMLElement): void {
  const control = rootOf(button);
  const held = button.closest('[data-control]')!.querySelector<HTMLInputElement>('[data-feel]')!;
  const url = `${button.dataset['ask']}&feel=${encodeURIComponent(held.value)}`;
  sheet(url, (answer) => {
    const { value } = answer as unknown as { value: string };
    held.value = value;
    if (control) void commit(control);
  });
}

function chooseIcon(button: HTMLElement): void {
  const control = rootOf(button);
  const held = button.parentElement!.querySelector<HTMLInputElement>('[data-text]')!;
  sheet(button.dataset['icons'] ?? '', (answer) => {
    held.value = (answer as unknown as { value: string }).value;
    if (control) void commit(control);
  });
}

const PRESSED: Record<string, (button: HTMLElement, control: HTMLElement) => void> = {
  open: (button) => void choose(parsed(button.dataset['open']) as Target).then(reveal),
  ask: (button) => ask(button),
  icons: (button) => chooseIcon(button),
  new: (button, control) => addThing(control, button),
  begin: (button, control) =>
    begin(control, button.dataset['begin'], button.dataset['then'] !== undefined),
  clear: (_, control) =>
    void make(control, { op: 'remove', target: parsed(control.dataset['drop']) as Target }),
  empty: (_, control) => {
    control.querySelector<HTMLInputElement>('[data-feel]')!.value = '';
    void commit(control);
  },
  off: (button, control) => {
    button.closest('[data-pick]')?.remove();
    void commit(control);
  },
  up: (button, control) => {
    const row = button.closest('[data-pick]');
    row?.previousElementSibling?.before(row);
    void commit(control);
  },
  turn: (button, control) => {
    const row = button.closest<HTMLElement>('[data-pick]')!;
    const id = row.dataset['pick'] ?? '';
    row.dataset['pick'] = id.startsWith('-') ? id.slice(1) : `-${id}`;
    void commit(control);
  },
  addRow: (_, control) => {
    const template = control.querySelector<HTMLTemplateElement>('[data-row]')!;
    const row = template.content.firstElementChild!.cloneNode(true) as HTMLElement;
    control.querySelector('[data-rows]')!.append(row);
    row.querySelector<HTMLElement>('[data-key]')?.focus();
  },
  offRow: (button, control) => {
    button.closest('[data-map-row]')?.remove();
    void commit(control);
  },
  remove: (button, control) => {
    const item = button.closest<HTMLElement>('[data-item]')!;
    const target = parsed(item.dataset['item']) as Target;
    void remove([target], item.dataset['name'] ?? '', {}).then((gone) => gone && document.getElementById(control.id)?.focus());
  },
  move: (button, control) => move(button, control),
};

function move(button: HTMLElement, control: HTMLElement): void {
  const item = button.closest<HTMLElement>('[data-item]')!;
  const target = parsed(item.dataset['item']) as Target;
  const step = button.dataset['move'] ?? '';
  const counted = typeof target.at(-1) === 'number';
  const before: Step | null = step === 'end' ? null : counted ? Number(step) : step;
  const into = target.slice(0, -1);
  void make(control, { op: 'move', target, into, before });
}

function pressed(event: Event): void {
  const button = inPanel(event)?.closest<HTMLElement>('button');
  if (!button || (button as HTMLButtonElement).disabled) return;
  const name = Object.keys(PRESSED).find((each) => button.dataset[each] !== undefined);
  const control = rootOf(button);
  if (!name) return;
  event.preventDefault();
  if (name === 'open' || control) PRESSED[name]!(button, control ?? button);
}

// Another option is asked for by the Enter key, as lines are in a text.
function typed(event: KeyboardEvent): void {
  const box = inPanel(event);
  if (event.key !== 'Enter' || event.isComposing || !box?.matches('input')) return;
  event.preventDefault();
  const list = box.closest<HTMLElement>('[data-control="options"]');
  const control = rootOf(box);
  if (!control) return;
  sending(box, read(control));
  void commit(control).then(() => {
    const button = list && document.getElementById(list.id)?.querySelector<HTMLElement>('[data-new]');
    if (box.matches('[data-option]') && button) button.click();
  });
}

// The signs and fields beside a formula go to where one writes.
function putIn(event: Event): void {
  const button = (event.target as Element | null)?.closest?.<HTMLElement>('.ask-formula [data-put]');
  const area = button?.closest('form')?.querySelector('textarea');
  if (!button || !area) return;
  area.setRangeText(button.dataset['put'] ?? '', area.selectionStart, area.selectionEnd, 'end');
  area.focus();
  area.dispatchEvent(new Event('input', { bubbles: true }));
}

function written(event: Event): void {
  const box = inPanel(event) as Box | null;
  if (box) keep(box, rootOf(box));
}

function wentOn(event: Event): void {
  const box = inPanel(event) as Box | null;
  if (box) moved(box);
}

// Which folds stand open is the reader's choice, not the answer's.
function remember(event: Event): void {
  const fold = event.target as HTMLDetailsElement;
  const name = fold.dataset?.['fold'];
  if (name && fold.closest(PANEL)) folds.set(name, fold.open);
}

// The panel of the same thing stays where it was scrolled to.
function scrolled(event: Event): void {
  const panel = event.target as HTMLElement;
  if (panel.id === 'panel') place = { of: panel.dataset['of'] ?? '', top: panel.scrollTop };
}

function settle(): void {
  const panel = document.getElementById('panel');
  if (panel && panel.dataset['of'] === place.of && panel.scrollTop !== place.top) panel.scrollTop = place.top;
  for (const fold of document.querySelectorAll<HTMLDetailsElement>('#panel [data-fold]')) {
    const open = folds.get(fold.dataset['fold'] ?? '');
    if (open !== undefined) fold.open = open;
  }
  putBack(rootOf);
}

if (app()) {
  document.addEventListener('change', changed);
  document.addEventListener('click', pressed);
  document.addEventListener('click', putIn);
  document.addEventListener('keydown', typed);
  document.addEventListener('pointerdown', fillNames);
  document.addEventListener('focusin', fillNames);
  document.addEventListener('input', written);
  document.addEventListener('keyup', wentOn);
  document.addEventListener('pointerup', wentOn);
  document.addEventListener('toggle', remember, { capture: true });
  document.addEventListener('scroll', scrolled, { capture: true, passive: true });
  onChange(settle);
}


