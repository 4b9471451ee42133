// How does an edit travel to the server, and what becomes of the page by its answer?
//
// Edits go one at a time, in their order. The answer brings the parts of the page that changed,
// drawn by the server; each takes the place of the element with its id.
import { ask, askJson } from '../../../runtime/web/assets/src/net';
import { toast } from '../../../runtime/web/assets/src/shell/toast';
import { word } from '../../../runtime/web/assets/src/words';

export type Step = string | number;
export type Target = Step[];
export type Edit =
  | { op: 'add'; target: Target; value: unknown; key?: string; before?: Step | null }
  | { op: 'set'; target: Target; value: unknown }
  | { op: 'remove'; target: Target }
  | { op: 'move'; target: Target; into: Target; before?: Step | null }
  | { op: 'add_file'; path: string; value: unknown }
  | { op: 'remove_file'; path: string };

export interface Answer {
  rev: number; // 0 if it was refused, which has been said then
  refused?: string[];
  undo: boolean;
  redo: boolean;
  changes: number;
  chosen: Target | null;
  touched: Target[];
  parts: Record<string, string>;
  gone: string[];
}

export interface Options {
  chosen?: Target | null; // what the properties are to be shown of afterwards
  quiet?: boolean; // the caller says itself why something was refused
  since?: number; // what its author saw while making it, where that may be older than now
}

type Sent = Options & { targets?: Target[] };

const NOTHING = { changes: 0, chosen: null, touched: [], parts: {}, gone: [] };

type Listener = (answer: Answer) => void;
type Path = '' | '/undo' | '/redo' | '/look' | '/remove' | '/copy';

const LOOK_EVERY = 5000;
const root = document.querySelector<HTMLElement>('[data-designing]');
const listeners = new Set<Listener>();
const drawers = new Set<Listener>();
const becoming = new Set<Promise<unknown>>();
const shown = new Map<string, string>();

let rev = Number(root?.dataset['rev'] ?? 0);
let chosen: Target | null = null;
let waiting: Promise<unknown> = Promise.resolve();
let under = 0;
let keeping = 0;
let refusals = 0;
let redrawn = false;
let still: Promise<unknown> = Promise.resolve();

export const app = (): string => root?.dataset['designing'] ?? '';
export const view = (): string => root?.dataset['view'] ?? '';
export const seenNow = (): number => rev;
export const drawing = (): boolean => redrawn;
export const chosenNow = (): Target | null => chosen;

// What the properties are shown of from now on; null for nothing.
export function choose(target: Target | null): Promise<Answer> {
  chosen = target;
  return post('', []);
}

// What is chosen on a page that was drawn with it.
export function begin(target: Target | null): void {
  chosen = target;
}

export function onChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

// Called before an answer takes the place of what is shown, for what somebody does there just now.
export function beforeDrawing(listener: Listener): void {
  drawers.add(listener);
}

export function send(edits: Edit[], options: Options = {}): Promise<Answer> {
  if (options.chosen !== undefined) chosen = options.chosen;
  return post('', edits, options);
}

// When everything that was sent so far has been answered and drawn.
export async function answered(): Promise<void> {
  // Who waited as well may have sent something first.
  do await waiting.catch(() => undefined);
  while (under > 0);
}

// Whether something that was changed has not been kept yet.
export const isKeeping = (): boolean => keeping > 0;

// Waits for all of it; whether nothing of it was refused.
export async function arrived(): Promise<boolean> {
  const before = refusals;
  while (keeping > 0) await Promise.allSettled([waiting, ...becoming]);
  return refusals === before;
}

// What is asked before it becomes an edit is on its way as well.
export function soToBeKept<T>(asked: Promise<T>): Promise<T> {
  keeping += 1;
  const turn = asked.finally(() => {
    keeping -= 1;
    becoming.delete(turn);
  });
  becoming.add(turn);
  return turn;
}

// What would be missed if things were removed: what goes along, what is in them, what forbids it.
export interface Missed {
  along: string[];
  stuck: string[];
  records: number;
  views: string[];
  approvals: number;
}

export function askBeforeRemoving(targets: Target[]): Promise<Missed> {
  const body = JSON.stringify({ rev, view: view(), targets });
  const headers = { 'Content-Type': 'application/json' };
  return askJson<Missed>(`/design/${app()}/edits/fallout`, { method: 'POST', headers, body });
}

// Removes things with all that refers to them, as one step.
export function removeAlong(targets: Target[], options: Options = {}): Promise<Answer> {
  if (options.chosen !== undefined) chosen = options.chosen;
  return post('/remove', [], { ...options, targets });
}

// Puts a copy behind something, or behind itself; the copy is chosen then.
export function copyOf(target: Target, beside: Target = target): Promise<Answer> {
  chosen = beside;
  return post('/copy', [], { targets: [target] });
}

export const undo = (): Promise<Answer> => post('/undo', []);
export const redo = (): Promise<Answer> => post('/redo', []);

function post(path: Path, edits: Edit[], options: Sent = {}): Promise<Answer> {
  under += 1;
  const keeps = path !== '/look' && (path !== '' || edits.length > 0) ? 1 : 0;
  keeping += keeps;
  // What is chosen now counts, not what an answer on its way brings meanwhile.
  const wanted = chosen;
  // Nobody has seen what the others' news bring while this waits for its turn.
  const since = edits.length > 0 || options.targets ? (options.since ?? rev) : Infinity;
  const turn = waiting.then(() => travel(path, edits, { ...options, since }, wanted));
  void turn.then(({ refused }) => (refusals += refused ? keeps : 0));
  waiting = turn.finally(() => {
    under -= 1;
    keeping -= keeps;
  });
  return turn;
}

async function travel(
  path: Path, edits: Edit[], options: Sent, wanted: Target | null,
): Promise<Answer> {
  const about = { chosen: wanted, edits, targets: options.targets ?? [] };
  const body = JSON.stringify({ rev: Math.min(rev, options.since ?? rev), view: view(), ...about });
  const headers = { 'Content-Type': 'application/json' };
  let answer: Response;
  try {
    answer = await ask(`/design/${app()}/edits${path}`, { method: 'POST', headers, body });
  } catch {
    return refuse([word('offline')], path === '/look');
  }
  if (answer.ok) return take(await whenStill<Answer>(answer));
  if (answer.status === 409) return overtaken(await whenStill(answer));
  if (answer.status !== 422) return refuse([word('failed')], path === '/look');
  return refuse(((await answer.json()) as { refused: string[] }).refused, options.quiet);
}

// Nothing is drawn anew from now on until the returned function is called.
export function holdStill(): () => void {
  let go = (): void => undefined;
  still = Promise.all([still, new Promise<void>((done) => (go = done))]);
  return go;
}

// Somebody who is choosing the characters of a word would lose it.
function composing(): void {
  document.addEventListener('compositionend', holdStill(), { once: true });
}

async function whenStill<T>(answer: Response): Promise<T> {
  const told = (await answer.json()) as T;
  await still;
  return told;
}

function refuse(refused: string[], silent = false): Answer {
  if (!silent) toast(refused.join(' '), 'red');
  return { rev: 0, undo: false, redo: false, ...NOTHING, refused };
}

function overtaken(answer: Answer & { overtaken: string }): Answer {
  take(answer);
  return refuse([answer.overtaken]);
}

function take(answer: Answer): Answer {
  rev = answer.rev;
  if (answer.parts) {
    if (under < 2) chosen = answer.chosen;
    for (const listener of drawers) listener(answer);
    draw(answer);
    for (const listener of listeners) listener(answer);
  }
  return answer;
}

function draw(answer: Answer): void {
  const place = focused();
  redrawn = true;
  for (const id of answer.gone) document.getElementById(id)?.remove();
  for (const [id, html] of Object.entries(answer.parts)) replace(id, html);
  redrawn = false;
  focusAgain(place);
}

function replace(id: string, html: string): void {
  const old = document.getElementById(id);
  if (!old || shown.get(id) === html) return;
  shown.set(id, html);
  const made = document.createElement('template');
  made.innerHTML = html;
  const fresh = [...made.content.children];
  old.replaceWith(made.content);
  for (const each of fresh) window.htmx?.process(each);
}

// What was changed on the page itself is drawn by the next answer, even if that says what it said.
export function touchUp(element: Element): void {
  for (let each: Element | null = element; each; each = each.parentElement) shown.delete(each.id);
}

// What has the focus is found again by what its author called it.
const NAMES = ['id', 'data-key', 'data-choose', 'name', 'data-undo', 'data-redo'];

function focused(): string | null {
  const here = document.activeElement;
  const name = here && NAMES.find((each) => here.hasAttribute(each));
  if (!here || !name) return null;
  return `[${name}="${CSS.escape(here.getAttribute(name) ?? '')}"]`;
}

function focusAgain(place: string | null): void {
  if (!place || (document.activeElement && document.activeElement !== document.body)) return;
  document.querySelector<HTMLElement>(place)?.focus({ preventScroll: true });
}

function pressed(event: MouseEvent): void {
  const button = (event.target as Element | null)?.closest?.('[data-undo], [data-redo]');
  if (button) void (button.hasAttribute('data-undo') ? undo() : redo());
}

// In a text box the browser's own undoing is what people expect.
function typed(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const box = (event.target as Element | null)?.closest?.('input, textarea, [contenteditable]');
  if (box && !box.matches('[type=checkbox], [type=radio], [type=button]')) return;
  const key = event.key.toLowerCase();
  const again = key === 'y' || (key === 'z' && event.shiftKey);
  if (!again && key !== 'z') return;
  event.preventDefault();
  void (again ? redo() : undo());
}

function look(): void {
  if (document.visibilityState === 'visible' && under === 0) void post('/look', []);
}

if (root) {
  document.addEventListener('click', pressed);
  document.addEventListener('keydown', typed);
  document.addEventListener('compositionstart', composing);
  window.setInterval(look, LOOK_EVERY);
  look();
}

declare global {
  interface Window {
    htmx?: { process(element: Element): void };
  }
}
