// What does a lookup show for each record that its reference pointed to so far?
import * as page from './page';
import type { Shipped } from './shipped';
import type { Part } from './state';

export class Looks {
  // The reference that a lookup follows, and the HTML for each record, by the lookup's place.
  private readonly leading = new Map<string, string>();
  private readonly seen = new Map<string, string>();

  constructor(shipped: Shipped) {
    for (const [what, name, line, , own] of shipped.rules) {
      if (what === 'lookup') this.leading.set(placeOf(line, name), own[0]?.split('.')[0] ?? '');
    }
  }

  by(part: Part, name: string): string | undefined {
    return this.leading.get(placeOf(part.line, name));
  }

  learn(part: Part, name: string, there: unknown, html: string | undefined): void {
    if (html !== undefined && typeof there === 'string' && there) this.seen.set(`${placeOf(part.line, name)} ${there}`, html);
  }

  show(part: Part, name: string, field: HTMLElement): void {
    const there = part.values[this.by(part, name) ?? ''];
    const html = typeof there === 'string' ? this.seen.get(`${placeOf(part.line, name)} ${there}`) : '';
    if (html) page.showHtml(field, html);
    else if (html === '') page.showText(field, '');
  }
}

export const placeOf = (line: string | null, name: string): string => (line ? `${line}.${name}` : name);
