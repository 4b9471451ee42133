// What shows, is required, read-only and worked out, given what is typed so far?
//
// The page carries the rules and works them out itself. The server is asked for what only it may
// or can know, and decides everything again when the form is sent.
import { ready } from './expressions';
import { Filling, type Answer } from './live/filling';
import { expressionsOf, type Shipped } from './live/shipped';
import { askJson, later } from './net';

export async function keepLive(form: HTMLFormElement): Promise<void> {
  const logic = form.querySelector('[data-logic]');
  if (!logic?.textContent) return;
  const shipped = JSON.parse(logic.textContent) as Shipped;
  // Rare functions come in a part of their own.
  await ready(...expressionsOf(shipped));
  if (!logic.isConnected) return;
  const filling = new Filling(form, shipped);
  const asker = new Asker(form, filling);
  const asks = new Set(shipped.asks);
  const listen = (event: Event): void => {
    // A form that was drawn anew has another filling.
    if (fillings.get(form) !== filling) return;
    const name = take(filling, event.target as Element);
    filling.settle();
    if (asks.has(name) || filling.state.wanting) asker.ask();
  };
  fillings.set(form, filling);
  form.addEventListener('input', listen);
  form.addEventListener('change', listen);
  if (filling.state.wanting) asker.ask();
}

const fillings = new WeakMap<HTMLFormElement, Filling>();

// The field in which something was typed; its value is taken.
function take(filling: Filling, target: Element): string {
  const field = target.closest<HTMLElement>('.field[data-field]');
  const name = field?.dataset['field'] ?? '';
  if (!field) return '';
  const cell = target.closest<HTMLElement>('.line-cell');
  if (cell) filling.typedCell(cell.dataset['field'] ?? '');
  else if (field.querySelector('.lines')) filling.arranged(name);
  else filling.typed(name);
  return name;
}

// One question at a time, the last one; a lost answer is harmless.
class Asker {
  private running: AbortController | undefined;
  readonly ask: () => void;

  constructor(private readonly form: HTMLFormElement, private readonly filling: Filling) {
    this.ask = later(180, () => {
      this.send().catch(() => undefined);
    });
  }

  private async send(): Promise<void> {
    this.running?.abort();
    this.running = new AbortController();
    const { signal } = this.running;
    this.filling.state.wanting = false;
    const unread = this.filling.unread();
    const body = new FormData();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === 'string') body.append(name, value);
    }
    const url = this.form.dataset['live'] ?? '';
    this.filling.receive(await askJson<Answer>(url, { method: 'POST', body, signal }), unread);
    this.filling.state.wanting = false;
  }
}
