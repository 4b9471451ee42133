// How is one condition chosen: a field, what must hold, and for which value?
import { enhanced } from '../fields/enhance';
import { FieldSearch } from './field_search';
import { entryOf, type Condition, type Field, type Model, type Operator, type Shape } from './model';
import type { Parts } from './parts';
import { sortOf, valueInput, type ValueInput, type Values } from './values';

// So many fields are found faster by typing; a finger has the wheel of its phone.
const FEW = 12;

export class ConditionRow {
  readonly place: HTMLElement;
  private readonly field: HTMLSelectElement;
  private readonly op: HTMLSelectElement;
  private readonly box: HTMLElement;
  private readonly complaint: HTMLElement;
  private readonly search: FieldSearch | null = null;
  private input: ValueInput | null = null;
  // What each sort of input was given last: nothing typed is lost by choosing something else.
  private readonly kept = new Map<string, Values>();
  private sort = '';
  private shape: Shape = 'none';

  constructor(
    private readonly parts: Parts,
    private readonly model: Model,
    held: Condition | null,
  ) {
    this.place = parts.make('condition');
    this.field = this.place.querySelector('[data-field]')!;
    this.op = this.place.querySelector('[data-op]')!;
    this.box = this.place.querySelector('[data-value]')!;
    this.complaint = this.place.querySelector('[data-complaint]')!;
    this.complaint.id = `complaint-${parts.count()}`;
    this.offerFields();
    if (held) {
      this.field.value = held.field;
      this.offerOperators(entryOf(held, this.offered())?.op);
      this.draw(held);
    } else this.offerOperators();
    if (model.fields.length > FEW && window.matchMedia('(pointer: fine)').matches) {
      this.search = new FieldSearch(parts.make('field-search'), this.field, model.fields);
      this.field.hidden = true;
      this.field.before(this.search.place);
    }
    this.field.addEventListener('change', () => this.chooseField());
    this.op.addEventListener('change', () => this.draw());
    this.place.addEventListener('input', () => this.complain(''));
    this.place.addEventListener('change', () => this.complain(''));
  }

  // The condition, or null while something is missing.
  read(): Condition | null {
    const entry = this.entry();
    const field = this.chosen();
    if (!field || !entry) return null;
    const [op = '', fixed] = entry.op.split(':');
    if (fixed !== undefined) return { field: field.id, op, values: [fixed] };
    const { values, titles } = this.input?.read() ?? { values: [] };
    if (!values.length && entry.shape !== 'none') return null;
    return titles ? { field: field.id, op, values, titles } : { field: field.id, op, values };
  }

  // A row that nobody has touched asks nothing and is no mistake.
  get blank(): boolean {
    return !this.field.value;
  }

  complain(message: string): void {
    this.complaint.textContent = message;
    this.complaint.hidden = !message;
    this.place.classList.toggle('is-wrong', Boolean(message));
    for (const input of this.box.querySelectorAll('input')) {
      if (message) input.setAttribute('aria-describedby', this.complaint.id);
      else input.removeAttribute('aria-describedby');
    }
  }

  focus(on: 'field' | 'value' = 'field'): void {
    const value = this.box.querySelector<HTMLElement>('input:not([type=hidden])');
    (on === 'value' && value ? value : (this.search ?? this.field)).focus();
  }

  name(number: number): void {
    this.place.setAttribute('aria-label', this.parts.word('condition', { n: number }));
  }

  private chosen(): Field | undefined {
    return this.model.fields.find(({ id }) => id === this.field.value);
  }

  private offered(): Operator[] {
    return this.model.menus[this.chosen()?.kind ?? ''] ?? [];
  }

  private entry(): Operator | undefined {
    return this.offered().find(({ op }) => op === this.op.value);
  }

  private offerFields(): void {
    const groups = new Map<string, HTMLElement>();
    for (const { id, label, group = '' } of this.model.fields) {
      let place = groups.get(group);
      if (!place) {
        place = document.createElement('optgroup');
        (place as HTMLOptGroupElement).label = group;
        groups.set(group, place);
        this.field.append(place);
      }
      place.append(new Option(label, id));
    }
  }

  private offerOperators(wanted?: string): void {
    const before = wanted ?? this.op.value;
    const offered = this.offered();
    const groups = new Map<string, HTMLElement>();
    this.op.replaceChildren();
    for (const { op, label, group } of offered) {
      let place: HTMLElement = this.op;
      if (group) {
        place = groups.get(group) ?? document.createElement('optgroup');
        (place as HTMLOptGroupElement).label = group;
        groups.set(group, place);
        this.op.append(place);
      }
      place.append(new Option(label, op));
    }
    this.op.value = offered.some(({ op }) => op === before) ? before : (offered[0]?.op ?? '');
    this.op.hidden = !offered.length;
  }

  private chooseField(): void {
    this.remember();
    this.offerOperators();
    this.draw();
    if (this.search) this.op.focus();
  }

  private remember(): void {
    if (!this.input || !this.sort) return;
    const now = this.input.read();
    const before = this.kept.get(this.sort)?.values ?? [];
    // One of two inputs is gone for now: what stood in it waits for its return.
    const rest = this.shape === 'one' ? before.slice(now.values.length) : [];
    this.kept.set(this.sort, { ...now, values: [...now.values, ...rest] });
  }

  private draw(held?: Values): void {
    const field = this.chosen();
    const entry = this.entry();
    if (!held) this.remember();
    const shape = entry?.shape ?? 'none';
    this.sort = field ? sortOf(field, shape) : '';
    this.shape = shape;
    const values = held ?? this.kept.get(this.sort) ?? { values: [] };
    this.input = field ? valueInput(this.parts, field, shape, values) : null;
    this.box.replaceChildren(...(this.input?.nodes ?? []));
    this.box.hidden = !this.input?.nodes.length;
    this.complain('');
    void enhanced(this.box);
  }
}
