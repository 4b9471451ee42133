// What shows, is required, read-only and worked out, given what is typed so far?
//
// Today the server answers; a logic that runs in the browser only has to be another `Logic`.
import { enhance } from './fields/enhance';
import { askJson, later } from './net';

export type State = {
  visible: boolean;
  required: boolean;
  readonly: boolean;
  // What a field that is worked out shows now, as HTML drawn by the server.
  shown?: string;
  // Options that depend on other fields: which there are, and the input drawn with them.
  options?: string;
  input?: string;
};

export type Changes = {
  fields: Record<string, State>;
  sections: Record<string, boolean>;
  cells?: Record<string, string>;
  totals?: Record<string, [string, string][]>;
};

export type Logic = (form: HTMLFormElement, signal: AbortSignal) => Promise<Changes>;

export const onServer: Logic = (form, signal) => {
  const body = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') body.append(name, value);
  }
  return askJson<Changes>(form.dataset['live'] ?? '', { method: 'POST', body, signal });
};

export function keepLive(form: HTMLFormElement, logic: Logic = onServer): void {
  if (!form.dataset['live']) return;
  let running: AbortController | undefined;
  const look = later(180, () => {
    running?.abort();
    running = new AbortController();
    // A lost answer is harmless: the server decides again when the form is sent.
    logic(form, running.signal).then((changes) => apply(form, changes), () => undefined);
  });
  form.addEventListener('input', look);
  form.addEventListener('change', look);
}

export function apply(form: HTMLFormElement, changes: Changes): void {
  for (const [id, visible] of Object.entries(changes.sections)) {
    const section = form.querySelector<HTMLElement>(`[data-section="${id}"]`);
    if (section) section.hidden = !visible;
  }
  for (const [id, state] of Object.entries(changes.fields)) {
    const field = form.querySelector<HTMLElement>(`[data-field="${CSS.escape(id)}"]`);
    if (field) applyTo(field, state);
  }
  for (const [name, shown] of Object.entries(changes.cells ?? {})) {
    const cell = form.querySelector(`[data-field="${CSS.escape(name)}"] .field-shown`);
    if (cell && cell.innerHTML !== shown) cell.innerHTML = shown;
  }
  for (const [name, totals] of Object.entries(changes.totals ?? {})) {
    const list = form.querySelector(`[data-totals="${CSS.escape(name)}"]`);
    list?.replaceChildren(...totals.map(([label, text]) => total(label, text)));
  }
}

function total(label: string, text: string): HTMLElement {
  const pair = document.createElement('div');
  const term = document.createElement('dt');
  const amount = document.createElement('dd');
  term.textContent = label;
  amount.textContent = text;
  pair.append(term, amount);
  return pair;
}

function applyTo(field: HTMLElement, state: State): void {
  field.hidden = !state.visible;
  field.classList.toggle('is-required', state.required);
  const mark = field.querySelector<HTMLElement>('.required-mark');
  if (mark) mark.hidden = !state.required;
  field
    .querySelector('[aria-required]')
    ?.setAttribute('aria-required', String(state.required));
  const edit = field.querySelector<HTMLFieldSetElement>(':scope > .field-edit');
  const shown = field.querySelector<HTMLElement>(':scope > .field-shown');
  if (edit && shown) {
    edit.disabled = state.readonly;
    edit.hidden = state.readonly;
    shown.hidden = !state.readonly;
  }
  if (edit && state.input !== undefined && edit.dataset['options'] !== state.options) {
    redraw(edit, state.input, state.options ?? '');
  }
  if (shown && state.shown !== undefined && shown.innerHTML !== state.shown) {
    shown.innerHTML = state.shown;
  }
}

function redraw(edit: HTMLFieldSetElement, input: string, options: string): void {
  const mark = edit.querySelector('input[name=_fields]');
  const parsed = new DOMParser().parseFromString(input, 'text/html');
  edit.replaceChildren(
    ...(mark ? [mark] : []),
    ...Array.from(parsed.body.childNodes).map((node) => document.adoptNode(node)),
  );
  edit.dataset['options'] = options;
  enhance(edit);
}
