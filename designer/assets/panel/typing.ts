// What becomes of what somebody is writing in the panel while it is drawn anew beneath them?
import { filled } from '../../../runtime/web/assets/src/words';
import { parsed, read, type Value } from './read';
import { complain } from './write';

export type Box = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

interface Unsent {
  text: string;
  from: number | null;
  to: number | null;
  held: Value; // what stood there when the writing began, or what was sent since
  told: boolean; // that somebody else changed the same meanwhile
}

const unsent = new Map<string, Unsent>();

const same = (one: Value, other: Value): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
const plain = (value: Value): string =>
  value && typeof value === 'object' ? String((value as Record<string, unknown>)['zh'] ?? '') : String(value ?? '');

// Remembers what stands in a box that was written in.
export function keep(box: Box, control: HTMLElement | null): void {
  if (!box.id || !box.matches('input, textarea')) return;
  const now = unsent.get(box.id);
  const held = now ? now.held : parsed(control?.dataset['held']);
  const { selectionStart: from, selectionEnd: to } = box as HTMLInputElement;
  unsent.set(box.id, { text: box.value, from, to, held, told: now?.told ?? false });
  if (control && !now?.told) complain(control, '');
}

// Remembers where in its text the author has gone since.
export function moved(box: Box): void {
  const now = unsent.get(box.id);
  if (!now) return;
  const { selectionStart: from, selectionEnd: to } = box as HTMLInputElement;
  Object.assign(now, { from, to });
}

// Forgets a box that was left: what it says is being sent.
export function leave(box: Box): void {
  unsent.delete(box.id);
}

// What a box says is being sent while its author goes on writing.
export function sending(box: Element, value: Value): void {
  const now = unsent.get(box.id);
  if (now) now.held = value;
}

// Puts what was being written into the boxes that were drawn anew, and tells who was overtaken.
export function putBack(controlOf: (box: Element) => HTMLElement | null): void {
  for (const [id, kept] of unsent) {
    const box = document.getElementById(id) as HTMLInputElement | null;
    if (!box || document.activeElement !== box) {
      unsent.delete(id);
      continue;
    }
    if (box.value !== kept.text) {
      box.value = kept.text;
      if (kept.from !== null) box.setSelectionRange(kept.from, kept.to);
    }
    tell(controlOf(box), kept);
  }
}

function tell(control: HTMLElement | null, kept: Unsent): void {
  const held = parsed(control?.dataset['held']);
  if (!control || (!kept.told && same(held, kept.held))) return;
  kept.held = held;
  kept.told = !same(held, read(control));
  const words = document.querySelector<HTMLElement>('[data-panel]')?.dataset['overtaken'] ?? '';
  complain(control, '', kept.told ? filled(words, { now: plain(held) }) : '');
}
