// Where do the builder's pieces come from? The page carries them as templates, in its language.

import { filled } from '../words';

let made = 0;

export class Parts {
  constructor(private readonly place: HTMLElement) {}

  make(name: string): HTMLElement {
    const template = this.place.querySelector<HTMLTemplateElement>(`template[data-part="${name}"]`)!;
    return template.content.firstElementChild!.cloneNode(true) as HTMLElement;
  }

  word(name: string, blanks: Record<string, string | number> = {}): string {
    const words = this.place.querySelector<HTMLElement>('[data-filter-words]')!;
    const text = words.dataset[name] ?? name;
    return filled(text, blanks);
  }

  // A number that no other piece of the page has, for ids and names.
  count(): number {
    made += 1;
    return made;
  }
}
