// Which edits does a changed control come to?
import { answered, seenNow, send, soToBeKept, type Answer, type Edit, type Options, type Target } from '../design/edits';
import { parsed, read, unfinished, type Value } from './read';

const same = (one: Value, other: Value): boolean => JSON.stringify(one) === JSON.stringify(other);

export function targetOf(control: HTMLElement): Target {
  return parsed(control.dataset['target']) as Target;
}

// Sends what a control says now, if that is something else than before.
export async function commit(control: HTMLElement): Promise<void> {
  if (control.dataset['control'] === 'map' && unfinished(control)) return;
  const value = read(control);
  const held = parsed(control.dataset['held']) ?? null;
  if (same(value ?? null, held)) return void complain(control, '');
  const left = parsed(control.dataset['left']) ?? null;
  const required = control.dataset['required'] !== undefined;
  if (value === undefined && required) return void complain(control, 'needed');
  const nothing = value === undefined || (!required && same(value, left));
  if (nothing && held === null) return;
  const since = seenNow();
  // How much of the way to the value is there may change by what is under way.
  await soToBeKept(answered());
  const now = asDrawn(control);
  await make(now, nothing ? gone(control, left) : put(now, value), { since });
}

function asDrawn(control: HTMLElement): HTMLElement {
  if (control.isConnected) return control;
  const target = control.dataset['target'] ?? '';
  const same = `[data-control="${control.dataset['control']}"][data-target="${CSS.escape(target)}"]`;
  return document.querySelector<HTMLElement>(same) ?? control;
}

// Where emptying means more than the default, nothing at all is said instead.
function gone(control: HTMLElement, left: Value): Edit {
  const empties = control.dataset['control'] === 'duration' && left !== null;
  if (empties && read(control) === undefined) return put(control, null);
  return { op: 'remove', target: parsed(control.dataset['drop']) as Target };
}

// What is on the way to the value and not there yet is made along with it.
export function put(control: HTMLElement, value: Value): Edit {
  const target = targetOf(control);
  const there = Math.min(Number(control.dataset['there'] ?? target.length), target.length - 1);
  let wrapped = value;
  for (const step of target.slice(there + 1).reverse()) wrapped = { [step]: wrapped };
  return { op: 'set', target: target.slice(0, there + 1), value: wrapped };
}

export async function make(control: HTMLElement, edit: Edit, more: Options = {}): Promise<Answer> {
  control.setAttribute('aria-busy', 'true');
  const answer = await send([edit], { quiet: true, ...more });
  control.removeAttribute('aria-busy');
  if (answer.refused) {
    const now = document.getElementById(control.id) ?? control;
    complain(now, '', answer.refused.join(' '));
  }
  return answer;
}

export function complain(control: HTMLElement, word: string, text = ''): void {
  const place = [...control.querySelectorAll<HTMLElement>('[data-wrong]')].at(-1);
  if (!place) return;
  const words = document.querySelector<HTMLElement>('[data-panel]')?.dataset;
  place.textContent = text || (word ? (words?.[word] ?? word) : '');
  place.hidden = !place.textContent;
  control.classList.toggle('field--invalid', !place.hidden);
}
