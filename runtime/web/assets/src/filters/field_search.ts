// How is one of many fields found by typing? The select stays what holds the choice.
import type { Field } from './model';

let lists = 0;

export class FieldSearch {
  readonly place: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly list = document.createElement('div');
  private shown: Field[] = [];
  private active = -1;

  constructor(
    made: HTMLElement,
    private readonly select: HTMLSelectElement,
    private readonly fields: Field[],
  ) {
    this.place = made;
    this.input = made.querySelector('input')!;
    this.list.id = `fields-${(lists += 1)}`;
    this.list.className = 'picker-list field-search__list';
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', this.input.getAttribute('aria-label') ?? '');
    this.list.hidden = true;
    made.append(this.list);
    this.input.setAttribute('aria-controls', this.list.id);
    this.rest();
    this.input.addEventListener('focus', () => this.input.select());
    this.input.addEventListener('click', () => this.list.hidden && this.open(''));
    this.input.addEventListener('input', (event) => {
      event.stopPropagation();
      this.open(this.input.value.trim());
    });
    this.input.addEventListener('change', (event) => event.stopPropagation());
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.input.addEventListener('blur', () => this.rest());
    this.list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.list.addEventListener('click', (event) => {
      const item = (event.target as Element).closest<HTMLElement>('[role=option]');
      if (item) this.take(Number(item.dataset['index']));
    });
    document.addEventListener('scroll', this.lay, { capture: true, passive: true });
  }

  focus(): void {
    this.input.focus();
  }

  private chosen(): Field | undefined {
    return this.fields.find(({ id }) => id === this.select.value);
  }

  // What was typed without choosing is no choice.
  private rest(): void {
    this.input.value = this.chosen()?.label ?? '';
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }

  private open(typed: string): void {
    this.shown = found(this.fields, typed);
    this.list.replaceChildren(...this.groups());
    this.list.hidden = !this.shown.length;
    this.input.setAttribute('aria-expanded', String(!this.list.hidden));
    this.lay();
    const now = this.shown.indexOf(this.chosen()!);
    this.mark(typed ? 0 : now);
  }

  private groups(): HTMLElement[] {
    const groups = new Map<string, HTMLElement>();
    this.shown.forEach((field, index) => {
      const name = field.group ?? '';
      const group = groups.get(name) ?? this.group(name);
      groups.set(name, group);
      group.append(this.item(field, index));
    });
    return [...groups.values()];
  }

  private group(name: string): HTMLElement {
    const group = document.createElement('div');
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', name);
    const title = document.createElement('div');
    title.className = 'field-search__group';
    title.setAttribute('aria-hidden', 'true');
    title.textContent = name;
    group.append(title);
    return group;
  }

  private item(field: Field, index: number): HTMLElement {
    const item = document.createElement('div');
    item.id = `${this.list.id}-${index}`;
    item.setAttribute('role', 'option');
    item.setAttribute('aria-selected', 'false');
    item.dataset['index'] = String(index);
    item.textContent = field.label;
    return item;
  }

  private readonly lay = (): void => {
    if (this.list.hidden) return;
    const box = this.input.getBoundingClientRect();
    const { style } = this.list;
    style.width = `${Math.max(box.width, 260)}px`;
    style.left = `${box.left}px`;
    const up = window.innerHeight - box.bottom < 240 && box.top > 260;
    style.top = up ? 'auto' : `${box.bottom + 4}px`;
    style.bottom = up ? `${window.innerHeight - box.top + 4}px` : 'auto';
    style.maxHeight = `${Math.min(340, (up ? box.top : window.innerHeight - box.bottom) - 16)}px`;
  };

  private mark(index: number): void {
    const items = Array.from(this.list.querySelectorAll<HTMLElement>('[role=option]'));
    this.active = Math.max(-1, Math.min(index, items.length - 1));
    items.forEach((item, at) => item.setAttribute('aria-selected', String(at === this.active)));
    const item = items[this.active];
    if (!item) return;
    this.input.setAttribute('aria-activedescendant', item.id);
    item.scrollIntoView({ block: 'nearest' });
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (this.list.hidden) this.open('');
      else this.mark(this.active + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (this.list.hidden) {
      if (event.key === 'Enter') event.preventDefault();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.take(this.active);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.rest();
    }
  }

  private take(index: number): void {
    const field = this.shown[index];
    if (!field) return;
    this.select.value = field.id;
    this.rest();
    this.select.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

// Those whose name begins with what was typed come first, the rest in the order of the menu.
function found(fields: Field[], typed: string): Field[] {
  const wanted = typed.toLowerCase();
  if (!wanted) return fields;
  const rank = ({ id, label }: Field) => {
    const name = label.toLowerCase();
    if (name === wanted || id === wanted) return 0;
    return name.startsWith(wanted) ? 1 : name.includes(wanted) || id.includes(wanted) ? 2 : 3;
  };
  const fitting = fields.filter((field) => rank(field) < 3);
  const best = fitting.filter((field) => rank(field) < 2);
  return [...best.sort((a, b) => rank(a) - rank(b)), ...fitting.filter((field) => rank(field) === 2)];
}
