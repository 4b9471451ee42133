// How does the form learn that a module, and not the keyboard, changed an input?

export function changed(place: Element): void {
  place.dispatchEvent(new Event('change', { bubbles: true }));
}
