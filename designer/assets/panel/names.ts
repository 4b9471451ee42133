// Which names can a text hold, where the page has these once for many texts?
import { sharedBy } from './read';

// The list beside a text is filled when somebody turns to it.
export function fillNames(event: Event): void {
  const turned = event.target as Element | null;
  const select = turned?.closest?.<HTMLSelectElement>('[data-shared] select[data-blank]');
  if (!select || select.length > 1) return;
  const names = sharedBy(select.closest<HTMLElement>('[data-shared]')!);
  if (names) select.append(names.content.cloneNode(true));
}
