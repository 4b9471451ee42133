// How are stages, approvals and rules changed: by buttons, menus, choices, dragging and keys?
import { begin, choose, onChange, send, type Edit, type Target } from './design/edits';
import { isDropping, makeSortable } from './flow/drag';
import { closeMenu, keyInMenu, openMenu } from './flow/menus';
import { listenToPicks } from './flow/picks';
import { remove } from './design/removing';

function targetOf(text: string | undefined): Target | null {
  return text ? (JSON.parse(text) as Target) : null;
}

async function act(button: HTMLElement, edits: Edit[]): Promise<void> {
  const then = targetOf(button.dataset['then']);
  button.setAttribute('aria-busy', 'true');
  const answer = await send(edits, then ? { chosen: then } : {});
  button.removeAttribute('aria-busy');
  if (!answer.rev) return;
  const go = button.dataset['go'];
  if (go) window.location.assign(go);
  else if (then) show(then);
}

// A new step gets what its menu says, at the place from which the menu was opened.
async function insert(item: HTMLElement, opener: HTMLElement): Promise<void> {
  const into = targetOf(opener.dataset['into']);
  if (!into) return;
  const value = JSON.parse(item.dataset['value'] ?? '{}') as { id: string };
  const chosen = [...into, value.id];
  const before = opener.dataset['before'] || null;
  const answer = await send([{ op: 'add', target: into, value, before }], { chosen });
  if (answer.rev) show(chosen);
}

function show(target: Target): void {
  const name = CSS.escape(JSON.stringify(target));
  const found = document.querySelector<HTMLElement>(`#flow [data-choose="${name}"]`);
  found?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  found?.focus({ preventScroll: true });
}

// On a phone the properties stand below what is designed: whoever chooses is taken there.
async function chosen(target: Target): Promise<void> {
  await choose(target);
  const panel = document.getElementById('panel');
  if (!panel || !window.matchMedia('(max-width: 767px)').matches) return;
  panel.scrollIntoView({ block: 'start' });
  panel.focus({ preventScroll: true });
}

function clicked(event: MouseEvent): void {
  const here = event.target instanceof Element ? event.target : null;
  if (!here || isDropping()) return;
  const opener = here.closest<HTMLElement>('[data-menu]');
  if (opener) {
    openMenu(opener);
    return;
  }
  const item = here.closest<HTMLElement>('[role=menuitem]');
  const from = closeMenu(item !== null);
  const bin = here.closest<HTMLElement>('[data-remove]');
  const button = here.closest<HTMLElement>('[data-edits]');
  const chooser = here.closest<HTMLElement>('#design [data-choose]');
  if (item?.dataset['value'] && from) void insert(item, from);
  else if (bin) void remove([targetOf(bin.dataset['remove']) ?? []], bin.dataset['name'] ?? '');
  else if (button) void act(button, JSON.parse(button.dataset['edits'] ?? '[]') as Edit[]);
  else if (chooser) void chosen(targetOf(chooser.dataset['choose']) ?? []);
}

function start(): void {
  const first = document.querySelector<HTMLElement>('#design [data-choose][aria-current]');
  const own = document.querySelector<HTMLElement>('#panel[data-of]')?.dataset['of'];
  begin(targetOf(own ?? first?.dataset['choose']));
  makeSortable();
  onChange(makeSortable);
  document.addEventListener('click', clicked);
  document.addEventListener('keydown', keyInMenu);
  listenToPicks();
}

start();
