// What stands in the inputs of a form, and how does the page show what follows from it?
import { enhance } from '../fields/enhance';

// The fields of a form by name, each looked for once; cells of rows come and go.
export class Sheet {
  private readonly known = new Map<string, HTMLElement>();

  constructor(readonly form: HTMLFormElement) {
    for (const field of form.querySelectorAll<HTMLElement>('.field[data-field]')) {
      this.known.set(field.dataset['field'] ?? '', field);
    }
  }

  field(name: string): HTMLElement | undefined {
    return this.known.get(name);
  }

  names(): Iterable<string> {
    return this.known.keys();
  }

  section(id: string): HTMLElement | null {
    return this.form.querySelector(`[data-section="${id}"]`);
  }
}

type Input = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function inputs(field: Element, name: string): Input[] {
  return Array.from(field.querySelectorAll<Input>(`[name="${CSS.escape(name)}"]`));
}

const silent = (input: Input): boolean =>
  input instanceof HTMLInputElement && ['checkbox', 'radio'].includes(input.type);

const inputName = (field: HTMLElement): string => field.dataset['field'] ?? '';

// The texts that the browser would send for a field, or a cell.
export const textsOf = (field: HTMLElement): string[] => textsIn(field, inputName(field));

export function textsIn(field: Element, name: string): string[] {
  return inputs(field, name)
    .filter((input) => !(silent(input) && !(input as HTMLInputElement).checked))
    .filter((input) => !(input instanceof HTMLInputElement && input.type === 'file'))
    .map((input) => input.value);
}

// Whether the input stands as it was drawn.
export function asDrawn(field: Element, name: string): boolean {
  return inputs(field, name).every((input) => {
    if (silent(input)) return (input as HTMLInputElement).checked === (input as HTMLInputElement).defaultChecked;
    if (!(input instanceof HTMLSelectElement)) return input.value === input.defaultValue;
    return Array.from(input.options).every(
      (option, at) => option.selected === option.defaultSelected || (at === 0 && option.selected),
    );
  });
}

// Fill an input with what its default says now.
export function write(field: HTMLElement, text: string): void {
  const all = inputs(field, inputName(field));
  for (const input of all) {
    if (silent(input)) (input as HTMLInputElement).checked = input.value === text;
    else if (input.value !== text) input.value = text;
  }
  const group = all[0]?.closest('.rating');
  if (!group) return;
  for (const star of group.querySelectorAll('.rating__star')) {
    star.classList.toggle('is-chosen', Boolean(star.querySelector('input:checked')));
  }
  group.classList.toggle('is-empty', !text);
}

export type Look = {
  visible: boolean;
  required: boolean;
  // Needed under every condition: the head of the column says so for all rows.
  always: boolean;
  readonly: boolean;
  lacking: boolean;
};

const only = <T extends Element>(field: Element, selector: string): T | null =>
  field.querySelector<T>(`:scope > ${selector}`);

export function dress(field: HTMLElement, look: Look): void {
  const cell = field.classList.contains('line-cell');
  if (cell) field.classList.toggle('is-off', !look.visible);
  else set(field, 'hidden', !look.visible);
  field.classList.toggle('is-required', look.required && !(cell && look.always));
  const mark = field.querySelector<HTMLElement>('.required-mark');
  if (mark) set(mark, 'hidden', !look.required);
  const input = field.querySelector('[aria-required]');
  // The cells of a sub-table speak for themselves.
  if (input?.closest('[data-field]') === field && input.getAttribute('aria-required') !== `${look.required}`) {
    input.setAttribute('aria-required', `${look.required}`);
  }
  const need = only<HTMLElement>(field, '[data-need]');
  if (need) set(need, 'hidden', !look.lacking);
  const edit = only<HTMLFieldSetElement>(field, '.field-edit');
  const shown = only<HTMLElement>(field, '.field-shown');
  if (!edit || !shown) return;
  set(edit, 'disabled', look.readonly);
  set(edit, 'hidden', look.readonly);
  set(shown, 'hidden', !look.readonly);
}

// Shut or open an input; whether that was a change.
export function shut(field: HTMLElement, locked: boolean): boolean {
  const edit = only<HTMLFieldSetElement>(field, '.field-edit');
  if (!edit || edit.disabled === locked) return false;
  edit.disabled = locked;
  return true;
}

export const isShut = (field: HTMLElement): boolean => Boolean(only(field, '.field-edit:disabled'));

// What the server complained about is about an earlier text.
export function unsay(field: HTMLElement | null | undefined): void {
  for (const said of field?.querySelectorAll(':scope > [data-said]') ?? []) said.remove();
  field?.classList.remove('field--invalid');
  const input = field?.querySelector('[aria-invalid]');
  if (input?.closest('[data-field]') === field) input?.removeAttribute('aria-invalid');
}

// Words for an empty input that the server kept until they were due.
export function word(field: HTMLElement, text: string): void {
  const need = only(field, '[data-need]');
  if (need?.textContent === '') need.append(text);
}

export function showSection(section: HTMLElement | null, visible: boolean): void {
  if (section) set(section, 'hidden', !visible);
}

function set(item: Element, attribute: string, on: boolean): void {
  if (item.hasAttribute(attribute) !== on) item.toggleAttribute(attribute, on);
}

// A text as the server draws it; a dash where there is nothing, but not in rows.
export function showText(field: HTMLElement, text: string, whole = false): void {
  const place = only(field, '.field-shown');
  const wrapped = whole || (!text && !field.classList.contains('line-cell'));
  if (!place || (place.textContent === text && wrapped === (place.childElementCount > 0))) return;
  place.textContent = text;
  if (!wrapped) return;
  const part = document.createElement('span');
  part.className = text ? 'nowrap' : 'muted';
  part.textContent = text || '—';
  place.replaceChildren(part);
}

export function htmlIn(field: HTMLElement): string {
  return only(field, '.field-shown')?.innerHTML ?? '';
}

export function showHtml(field: HTMLElement, html: string): void {
  const place = only(field, '.field-shown');
  if (place && place.innerHTML !== html) place.innerHTML = html;
}

// An input that only the server could draw: options that depend on others, names of records.
export function redraw(field: HTMLElement, input: string, drawn: string): boolean {
  const edit = only<HTMLFieldSetElement>(field, '.field-edit');
  if (!edit || edit.dataset['drawn'] === drawn) return false;
  const mark = edit.querySelector('input[name=_fields]');
  const parsed = new DOMParser().parseFromString(input, 'text/html');
  edit.replaceChildren(
    ...(mark ? [mark] : []),
    ...Array.from(parsed.body.childNodes).map((node) => document.adoptNode(node)),
  );
  edit.dataset['drawn'] = drawn;
  enhance(edit);
  return true;
}

export function total(list: Element, at: number, text: string): void {
  const amount = list.querySelectorAll('dd')[at];
  if (amount && amount.textContent !== text) amount.textContent = text;
}
