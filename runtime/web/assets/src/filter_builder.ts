// How is the filter of a list put together, by choosing or by writing?
import { GroupBox } from './filters/group';
import { Parts } from './filters/parts';
import type { Group, Model, Problem } from './filters/model';
import { askJson, later } from './net';
import './shell/refill';

type Answer = {
  feel: string;
  filter: Group | null;
  told: string;
  count: string;
  at: Problem[];
  undrawn: boolean;
};

export function installFilter(place: HTMLElement): void {
  new Builder(place as HTMLFormElement);
}

class Builder {
  private readonly parts: Parts;
  private readonly model: Model;
  private box: GroupBox;
  private readonly text: HTMLTextAreaElement;
  private writing: boolean;
  // The text that the conditions gave: unchanged, the conditions come back just as they were.
  private given: string | null = null;
  private asked = 0;

  constructor(private readonly form: HTMLFormElement) {
    this.parts = new Parts(form);
    this.model = JSON.parse(this.one('[data-model]').textContent ?? '') as Model;
    this.text = this.one('textarea[name=feel]') as HTMLTextAreaElement;
    this.writing = this.model.filter === null;
    this.box = this.drawn(this.model.filter ?? { all: true, items: [] });
    form.closest('dialog')?.classList.add('dialog--wide');
    const changed = later(300, () => void this.count());
    form.addEventListener('change', (event) => this.changed(event, changed));
    form.addEventListener('input', (event) => this.changed(event, changed));
    form.addEventListener('submit', (event) => this.send(event), { capture: true });
    form.addEventListener('feel:checked', (event) => this.told((event as CustomEvent<Answer>).detail));
    this.one('[data-switch]').addEventListener('click', () => void this.change());
    this.one('[data-clear]').addEventListener('click', () => this.clear());
    for (const button of ['[data-switch]', '[data-clear]']) this.one(button).hidden = false;
    this.show();
    for (const { at, message } of this.model.problems) this.complain(at, message);
    this.begin();
  }

  // Whoever came for one condition, or for a new one, starts there.
  private begin(): void {
    if (this.writing) {
      this.text.focus();
      return;
    }
    const at = this.form.dataset['at'];
    const wanted = at ? this.box.at([Number(at)]) : undefined;
    if (wanted && 'focus' in wanted) later(0, () => wanted.focus('value'))();
    else if (!this.model.filter?.items.length || at === 'new') {
      const row = this.box.add();
      later(0, () => row.focus())();
    } else later(0, () => this.box.focus())();
    void this.count();
  }

  private drawn(filter: Group): GroupBox {
    const box = new GroupBox(this.parts, this.model, filter);
    this.one('[data-tree]').replaceChildren(box.place);
    return box;
  }

  private show(): void {
    this.one('[data-visual]').hidden = this.writing;
    this.one('[data-writing]').hidden = !this.writing;
    this.one('[data-mode]').setAttribute('value', this.writing ? 'feel' : 'visual');
    this.one('[data-switch-to-text]').hidden = this.writing;
    this.one('[data-switch-back]').hidden = !this.writing;
  }

  private changed(event: Event, count: () => void): void {
    if (this.writing || event.target === this.text) return;
    count();
  }

  private filter(): string {
    return JSON.stringify(this.box.read());
  }

  private async ask(body: Record<string, string>): Promise<Answer | null> {
    const url = this.form.dataset['check'] ?? '';
    const sent = { method: 'POST', body: new URLSearchParams(body) };
    return askJson<Answer>(url, sent).catch(() => null);
  }

  private async count(): Promise<void> {
    const asked = (this.asked += 1);
    const answer = await this.ask({ mode: 'visual', filter: this.filter() });
    if (asked !== this.asked || this.writing || !answer) return;
    this.told(answer);
    for (const { at, message } of answer.at) this.complain(at, message);
  }

  private told({ count }: Answer): void {
    this.one('[data-count]').textContent = count;
  }

  private complain(at: number[], message: string): boolean {
    const row = this.box.at(at);
    if (!row || !('complain' in row)) return false;
    row.complain(message);
    return true;
  }

  // From conditions to text and back; what was filled in is there again if the text stays as it is.
  private async change(): Promise<void> {
    this.note('');
    if (this.writing) await this.toConditions();
    else await this.toText();
  }

  private async toText(): Promise<void> {
    const answer = await this.ask({ mode: 'visual', filter: this.filter() });
    if (!answer) return;
    this.text.value = answer.feel;
    this.given = answer.feel;
    this.writing = true;
    this.show();
    this.text.dispatchEvent(new Event('input', { bubbles: true }));
    this.text.focus();
  }

  private async toConditions(): Promise<void> {
    if (this.text.value !== this.given) {
      const answer = await this.ask({ mode: 'feel', feel: this.text.value });
      if (!answer) return;
      if (!answer.filter) {
        this.note(this.parts.word(answer.undrawn ? 'undrawn' : 'wrong'));
        this.text.focus();
        return;
      }
      this.box = this.drawn(answer.filter);
    }
    this.writing = false;
    this.show();
    this.box.focus();
    void this.count();
  }

  private note(text: string): void {
    const note = this.one('[data-note]');
    note.hidden = !text;
    note.querySelector('span')!.textContent = text;
  }

  private clear(): void {
    this.note('');
    this.text.value = '';
    this.given = null;
    this.box = this.drawn({ all: true, items: [] });
    if (this.writing) this.text.dispatchEvent(new Event('input', { bubbles: true }));
    else void this.count();
    if (this.writing) this.text.focus();
    else this.box.add().focus();
  }

  private send(event: Event): void {
    if (!this.writing) {
      const open = this.box.conditions().filter((row) => !row.blank && row.read() === null);
      for (const row of open) row.complain(this.parts.word('missing'));
      if (open[0]) {
        event.preventDefault();
        event.stopPropagation();
        open[0].focus('value');
        return;
      }
    }
    this.one('[data-filter]').setAttribute('value', this.filter());
  }

  private one(selector: string): HTMLElement {
    return this.form.querySelector<HTMLElement>(selector)!;
  }
}
