// How does what was typed survive a crash, an expired session or a closed tab?
import { del, get, set } from 'idb-keyval';
import { later } from './net';

export type Typed = [string, string][];
type Kept = { at: number; typed: Typed };

const month = 30 * 24 * 3600 * 1000;
const neverKept = new Set(['csrf_token', '_key', '_version']);

export function typedIn(form: HTMLFormElement): Typed {
  const pairs: Typed = [];
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && !neverKept.has(name)) pairs.push([name, value]);
  }
  return pairs;
}

// An input that comes to life may drop the empty text that stood in for it: that says nothing, nor
// does it who follows a default.
function said(typed: Typed): string {
  return JSON.stringify(typed.filter(([name, value]) => value !== '' && name !== '_auto'));
}

function texts(typed: Typed): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [name, text] of typed) found.set(name, [...(found.get(name) ?? []), text]);
  return found;
}

export class Draft {
  private readonly drawn: Typed;
  private readonly first: string;
  private over = false;

  constructor(private readonly form: HTMLFormElement) {
    this.drawn = typedIn(form);
    this.first = said(this.drawn);
    const keep = later(400, () => void this.keep());
    form.addEventListener('input', keep);
    form.addEventListener('change', keep);
  }

  private get key(): string {
    return this.form.dataset['draft'] ?? '';
  }

  get changed(): boolean {
    return !this.over && said(typedIn(this.form)) !== this.first;
  }

  // An earlier draft that says something else than the page; storage that is shut is no error.
  async earlier(): Promise<Kept | undefined> {
    if (!this.key) return undefined;
    const kept = await get<Kept>(this.key).catch(() => undefined);
    const fresh = kept && Date.now() - kept.at < month;
    return fresh && said(kept.typed) !== this.first ? kept : undefined;
  }

  // What was kept, and over it what was typed before that was found.
  onto(kept: Typed): Typed {
    const [drawn, now] = [texts(this.drawn), texts(typedIn(this.form))];
    const newer = [...now.keys()].filter((name) => String(now.get(name)) !== String(drawn.get(name)));
    const typed = newer.flatMap((name) => (now.get(name) ?? []).map((text): [string, string] => [name, text]));
    return [...kept.filter(([name]) => !newer.includes(name)), ...typed];
  }

  async keep(): Promise<void> {
    if (!this.key || !this.changed) return;
    const kept: Kept = { at: Date.now(), typed: typedIn(this.form) };
    await set(this.key, kept).catch(() => undefined);
  }

  async forget(): Promise<void> {
    if (this.key) await del(this.key).catch(() => undefined);
  }

  // The page may be left now without a question; the draft stays for the next visit.
  release(): void {
    this.over = true;
  }

  async finish(): Promise<void> {
    this.release();
    await this.forget();
  }
}
