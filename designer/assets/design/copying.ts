// How is something copied: by its button, or by Ctrl C here and Ctrl V there?
import { announce, toast } from '../../../runtime/web/assets/src/shell/toast';
import { word } from '../../../runtime/web/assets/src/words';
import { app, chosenNow, copyOf, type Target } from './edits';

const KEPT = 'design-copied';

interface Kept {
  app: string;
  target: Target;
}

function show(target: Target): void {
  const name = CSS.escape(JSON.stringify(target));
  const found = document.querySelector<HTMLElement>(`#design [data-choose="${name}"]`);
  found?.scrollIntoView({ block: 'nearest' });
  found?.focus({ preventScroll: true });
}

// A copy of a whole file has a page of its own beneath `base`.
export async function duplicate(target: Target, beside: Target = target, base?: string): Promise<void> {
  const answer = await copyOf(target, beside);
  if (!answer.rev) return;
  const file = String(answer.chosen?.[0] ?? '');
  if (base !== undefined && file) {
    window.location.assign(base + file.replace(/^.*\//, '').replace(/\.yaml$/, ''));
    return;
  }
  announce(word('copiedHere'));
  if (answer.chosen) show(answer.chosen);
}

const writing = (event: Event): boolean =>
  event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable], dialog') !== null;

function kept(): Kept | null {
  return JSON.parse(window.sessionStorage.getItem(KEPT) ?? 'null') as Kept | null;
}

function pressed(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || writing(event)) return;
  const chosen = chosenNow();
  if (event.key === 'c' && chosen && window.getSelection()?.isCollapsed !== false) {
    window.sessionStorage.setItem(KEPT, JSON.stringify({ app: app(), target: chosen }));
    toast(word('copiedNow'), 'grey');
    event.preventDefault();
  }
  const held = event.key === 'v' ? kept() : null;
  if (!held || held.app !== app()) return;
  event.preventDefault();
  void duplicate(held.target, chosen ?? held.target);
}

export function listenToCopying(): void {
  document.addEventListener('keydown', pressed);
  document.addEventListener('click', (event) => {
    const button = (event.target as Element | null)?.closest?.<HTMLElement>('[data-copy-thing]');
    const target = JSON.parse(button?.dataset['copyThing'] ?? '[]') as Target;
    if (button) void duplicate(target, target, button.dataset['goBase']);
  });
}
