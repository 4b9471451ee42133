// How is a person, a department or a record found by typing, and picked by mouse or keyboard?
import { askJson, later } from '../net';
import { word } from '../words';
import { changed } from './changed';

export type Choice = { id: string; title: string; subtitle?: string; avatar?: string };
type Found = { choices: Choice[]; more?: boolean };

let lists = 0;

export function installPicker(place: HTMLElement): void {
  new Picker(place);
}

class Picker {
  private readonly input: HTMLInputElement;
  private readonly list: HTMLUListElement;
  private readonly multiple: boolean;
  private shown: Choice[] = [];
  private active = -1;
  private chosen: string;
  private asked = 0;
  private found = '';
  private hurried = false;

  constructor(private readonly place: HTMLElement) {
    this.input = place.querySelector<HTMLInputElement>('input[role=combobox]')!;
    this.multiple = place.dataset['multiple'] === 'yes';
    this.chosen = this.input.defaultValue;
    this.list = document.createElement('ul');
    this.list.id = `choices-${(lists += 1)}`;
    this.list.className = 'picker-list';
    this.list.setAttribute('role', 'listbox');
    this.list.hidden = true;
    place.append(this.list);
    this.input.setAttribute('aria-controls', this.list.id);
    const look = later(160, () => void this.look());
    this.input.addEventListener('input', (event) => {
      event.stopPropagation();
      this.hurried = false;
      look();
    });
    this.input.addEventListener('focus', () => this.input.select());
    this.input.addEventListener('click', () => this.list.hidden && void this.look());
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.input.addEventListener('blur', () =>
      window.setTimeout(() => document.activeElement !== this.input && this.leave(), 120),
    );
    this.list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.list.addEventListener('click', (event) => this.clicked(event));
    place.addEventListener('click', (event) => this.removed(event));
    document.addEventListener('scroll', this.lay, { capture: true, passive: true });
    window.addEventListener('resize', this.lay, { passive: true });
    // Faster than this module: what was typed before it came is looked for as well.
    if (document.activeElement === this.input && this.input.value !== this.chosen) look();
  }

  private async look(): Promise<void> {
    const url = new URL(this.place.dataset['source'] ?? '', window.location.href);
    const typed = this.input.value === this.chosen ? '' : this.input.value.trim();
    url.searchParams.set('q', typed);
    this.narrow(url);
    const asked = (this.asked += 1);
    const found = await askJson<Found>(url.href).catch((): Found => ({ choices: [] }));
    if (asked !== this.asked || document.activeElement !== this.input) return;
    this.open(found, typed);
    if (this.hurried) this.take(this.options()[0]);
  }

  // Fields that narrow the choice go along: data-with="site floor".
  private narrow(url: URL): void {
    const form = this.input.form;
    for (const name of (this.place.dataset['with'] ?? '').split(' ').filter(Boolean)) {
      const value = form && new FormData(form).get(name);
      if (typeof value === 'string' && value) url.searchParams.set(name, value);
    }
  }

  private open(found: Found, typed: string): void {
    const taken = new Set(this.multiple ? this.ids() : []);
    this.shown = found.choices.filter((choice) => !taken.has(choice.id));
    const items = this.shown.map((choice, index) => this.item(choice, index));
    if (!items.length) items.push(note(word('nothingFound')));
    if (found.more) items.push(note(word('typeMore')));
    if (this.place.dataset['create']) items.push(this.creator(typed));
    this.list.replaceChildren(...items);
    this.found = this.input.value;
    this.list.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
    this.lay();
    this.mark(this.shown.length && typed ? 0 : -1);
  }

  // Fixed to the window, so that no scrolling box around the input cuts it off.
  private readonly lay = (): void => {
    if (this.list.hidden) return;
    const box = this.place.getBoundingClientRect();
    const { style } = this.list;
    const width = Math.max(box.width, Math.min(280, window.innerWidth - 24));
    style.width = `${width}px`;
    style.left = `${Math.max(12, Math.min(box.left, window.innerWidth - width - 12))}px`;
    const up = window.innerHeight - box.bottom < 260 && box.top > 280;
    style.top = up ? 'auto' : `${box.bottom + 4}px`;
    style.bottom = up ? `${window.innerHeight - box.top + 4}px` : 'auto';
  };

  private item(choice: Choice, index: number): HTMLLIElement {
    const item = document.createElement('li');
    item.id = `${this.list.id}-${index}`;
    item.setAttribute('role', 'option');
    item.setAttribute('aria-selected', 'false');
    item.dataset['index'] = String(index);
    if (choice.avatar) item.append(avatar(choice));
    const title = document.createElement('span');
    title.textContent = choice.title;
    item.append(title);
    if (choice.subtitle) {
      const subtitle = document.createElement('small');
      subtitle.textContent = choice.subtitle;
      item.append(subtitle);
    }
    return item;
  }

  private creator(typed: string): HTMLLIElement {
    const item = document.createElement('li');
    item.id = `${this.list.id}-new`;
    item.className = 'picker-create';
    item.setAttribute('role', 'option');
    item.dataset['create'] = typed;
    item.textContent = typed ? word('createNamed', { name: typed }) : word('createNew');
    return item;
  }

  private options(): HTMLElement[] {
    return Array.from(this.list.querySelectorAll<HTMLElement>('[role=option]'));
  }

  private mark(index: number): void {
    const options = this.options();
    this.active = Math.max(-1, Math.min(index, options.length - 1));
    options.forEach((item, at) => item.setAttribute('aria-selected', String(at === this.active)));
    const active = options[this.active];
    if (active) {
      this.input.setAttribute('aria-activedescendant', active.id);
      active.scrollIntoView({ block: 'nearest' });
    } else {
      this.input.removeAttribute('aria-activedescendant');
    }
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const open = !this.list.hidden;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) void this.look();
      else this.mark(this.active + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Enter' && open && this.found === this.input.value) {
      event.preventDefault();
      this.take(this.options()[this.active]);
    } else if (event.key === 'Enter' && this.input.value.trim() && this.input.value !== this.chosen) {
      // Faster than the answer: the first thing found is meant.
      event.preventDefault();
      this.hurried = true;
      void this.look();
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      this.leave();
    } else if (event.key === 'Backspace' && this.multiple && !this.input.value) {
      const chips = this.place.querySelectorAll('.chip');
      chips[chips.length - 1]?.remove();
      changed(this.place);
    }
  }

  private clicked(event: Event): void {
    this.take((event.target as Element).closest<HTMLElement>('[role=option]') ?? undefined);
  }

  private take(item: HTMLElement | undefined): void {
    if (!item) return;
    if (item.dataset['create'] !== undefined) {
      void this.create(item.dataset['create']);
      return;
    }
    const choice = this.shown[Number(item.dataset['index'])];
    if (choice) this.choose(choice);
  }

  choose(choice: Choice): void {
    if (this.multiple) {
      this.place.querySelector('.chips')?.append(chip(this.name(), choice));
      this.input.value = '';
    } else {
      this.hidden().value = choice.id;
      this.input.value = choice.title;
      this.chosen = choice.title;
      this.place.classList.add('is-filled');
    }
    this.close();
    changed(this.place);
  }

  private async create(typed: string): Promise<void> {
    this.close();
    const { openSheet } = await import('../sheet');
    const url = new URL(this.place.dataset['create'] ?? '', window.location.href);
    if (typed) url.searchParams.set('_title', typed);
    await openSheet(url.href, ({ id, title }) => {
      if (id) this.choose({ id, title: title ?? typed });
    });
  }

  private removed(event: Event): void {
    const target = event.target as Element;
    if (target.closest('.chip-remove')) {
      target.closest('.chip')?.remove();
      this.input.focus();
      changed(this.place);
    } else if (target.closest('.picker-clear')) {
      this.empty();
      this.input.focus();
    }
  }

  private empty(): void {
    this.hidden().value = '';
    this.input.value = '';
    this.chosen = '';
    this.place.classList.remove('is-filled');
    changed(this.place);
  }

  // What was typed without choosing is no choice; an emptied input is none on purpose.
  private leave(): void {
    this.close();
    if (this.multiple) this.input.value = '';
    else if (!this.input.value.trim() && this.chosen) this.empty();
    else this.input.value = this.chosen;
  }

  private close(): void {
    this.asked += 1;
    this.hurried = false;
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }

  private name(): string {
    return this.place.dataset['name'] ?? '';
  }

  private hidden(): HTMLInputElement {
    return this.place.querySelector<HTMLInputElement>('input[type=hidden]')!;
  }

  private ids(): string[] {
    return Array.from(this.place.querySelectorAll<HTMLInputElement>('.chip input')).map((i) => i.value);
  }
}

function note(text: string): HTMLLIElement {
  const item = document.createElement('li');
  item.className = 'picker-note';
  item.textContent = text;
  return item;
}

function avatar(choice: Choice): HTMLElement {
  const face = document.createElement('span');
  face.className = `avatar ${choice.avatar ?? ''}`;
  face.setAttribute('aria-hidden', 'true');
  face.textContent = choice.title.slice(0, 1);
  return face;
}

export function chip(name: string, choice: Choice): HTMLElement {
  const made = document.createElement('span');
  made.className = 'chip';
  const hidden = document.createElement('input');
  hidden.type = 'hidden';
  hidden.name = name;
  hidden.value = choice.id;
  const remove = document.createElement('button');
  remove.type = 'button';
  remove.className = 'chip-remove';
  remove.setAttribute('aria-label', word('removeNamed', { name: choice.title }));
  remove.textContent = '×';
  made.append(hidden, choice.title, remove);
  return made;
}
