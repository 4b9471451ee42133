// How is a list of what can be written shown at the caret, and taken from?
import { askJson } from '../net';
import { boxOf } from './marks';
import { offers, option, placeAt, wordsAt, type Offer, type Place } from './words';

const MOST = 40;
type Choice = { id: string; title: string; subtitle?: string };

let lists = 0;

export class Completion {
  private readonly list = document.createElement('ul');
  private place: Place | null = null;
  private offered: Offer[] = [];
  private active = -1;
  private asked = 0;
  closed: () => void = () => undefined;

  constructor(
    private readonly text: HTMLTextAreaElement,
    private readonly layer: HTMLElement,
    private readonly url: string,
    label: string,
  ) {
    this.list.id = `feel-offers-${(lists += 1)}`;
    this.list.className = 'picker-list feel-offers';
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', label);
    this.list.hidden = true;
    text.parentElement!.append(this.list);
    text.setAttribute('aria-controls', this.list.id);
    text.setAttribute('aria-autocomplete', 'list');
    text.addEventListener('input', (event) => {
      if ((event as InputEvent).inputType?.startsWith('insert')) void this.look();
      else this.close();
    });
    text.addEventListener('compositionend', () => void this.look());
    text.addEventListener('keydown', (event) => this.key(event));
    text.addEventListener('blur', () => this.close());
    text.addEventListener('scroll', () => this.close());
    text.addEventListener('click', () => this.close());
    this.list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.list.addEventListener('click', (event) => {
      const item = (event.target as Element).closest<HTMLElement>('[role=option]');
      if (item) this.take(Number(item.dataset['index']));
    });
  }

  // Offers what fits at the caret; asked for, also where nothing was typed yet.
  async look(wanted = false): Promise<void> {
    const place = placeAt(this.text.value, this.text.selectionStart);
    const before = place ? this.text.value[place.from - 1] : '';
    const due = place && (place.typed || place.value || before === '.');
    if (!place || !(due || wanted)) {
      this.close();
      return;
    }
    const asked = (this.asked += 1);
    const found = await this.found(place).catch((): Offer[] => []);
    if (asked !== this.asked || document.activeElement !== this.text) return;
    this.open(place, found.slice(0, MOST));
  }

  private async found(place: Place): Promise<Offer[]> {
    const words = await wordsAt(this.url);
    const source = place.value ? words.sources[place.path] : undefined;
    if (!source) return offers(words, place);
    const url = new URL(source, window.location.href);
    url.searchParams.set('q', place.typed);
    const { choices } = await askJson<{ choices: Choice[] }>(url.href);
    return choices.map(({ id, title, subtitle }) => ({ ...option(id, title), about: subtitle ?? '' }));
  }

  private open(place: Place, offered: Offer[]): void {
    const done = offered.length === 1 && offered[0]!.insert === this.text.value.slice(place.from, place.to);
    if (!offered.length || done) {
      this.close();
      return;
    }
    this.place = place;
    this.offered = offered;
    this.list.replaceChildren(...offered.map((offer, index) => this.item(offer, index)));
    this.list.hidden = false;
    this.lay();
    this.mark(0);
  }

  private item({ insert, label, about, sort }: Offer, index: number): HTMLLIElement {
    const item = document.createElement('li');
    item.id = `${this.list.id}-${index}`;
    item.setAttribute('role', 'option');
    item.dataset['index'] = String(index);
    item.className = `feel-offer feel-offer--${sort}`;
    const name = document.createElement('span');
    name.textContent = label || insert;
    item.append(name);
    const beside = about && about !== label ? about : sort === 'field' && insert !== label ? insert : '';
    if (beside) {
      const small = document.createElement('small');
      small.textContent = beside;
      item.append(small);
    }
    return item;
  }

  private lay(): void {
    const at = boxOf(this.layer, this.text.value, this.place!.from);
    const width = Math.min(340, window.innerWidth - 24);
    const { style } = this.list;
    style.width = `${width}px`;
    style.left = `${Math.max(12, Math.min(at.left, window.innerWidth - width - 12))}px`;
    // The keyboard of a phone takes its part of the window.
    const height = window.visualViewport?.height ?? window.innerHeight;
    const up = height - at.bottom < 200 && at.top > 220;
    style.top = up ? 'auto' : `${at.bottom + 4}px`;
    style.bottom = up ? `${window.innerHeight - at.top + 4}px` : 'auto';
    style.maxHeight = `${Math.max(120, Math.min(280, up ? at.top - 20 : height - at.bottom - 16))}px`;
  }

  private mark(index: number): void {
    const items = Array.from(this.list.children) as HTMLElement[];
    this.active = (index + items.length) % items.length;
    items.forEach((item, at) => item.setAttribute('aria-selected', String(at === this.active)));
    const chosen = items[this.active];
    if (!chosen) return;
    this.text.setAttribute('aria-activedescendant', chosen.id);
    chosen.scrollIntoView({ block: 'nearest' });
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault();
      void this.look(true);
    } else if (this.list.hidden) return;
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.mark(this.active + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault();
      this.take(this.active);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End') this.close();
  }

  private take(index: number): void {
    const offer = this.offered[index];
    if (!offer || !this.place) return;
    const { from, to } = this.place;
    this.close();
    this.text.setRangeText(offer.insert, from, to, 'end');
    const caret = from + offer.insert.length + (offer.caret ?? 0);
    this.text.setSelectionRange(caret, caret);
    this.text.focus();
    this.text.dispatchEvent(new Event('input', { bubbles: true }));
  }

  // Where the text area moved, the list goes along.
  follow(): void {
    if (!this.list.hidden) this.lay();
  }

  // Whether somebody is choosing how a piece of the text goes on.
  covers(start: number, end: number): boolean {
    return this.place !== null && start <= this.place.to && end + 1 >= this.place.from;
  }

  private close(): void {
    this.asked += 1;
    if (!this.place) return;
    this.list.hidden = true;
    this.place = null;
    this.text.removeAttribute('aria-activedescendant');
    this.closed();
  }
}
