// How is a span of time typed as a number and a unit, and kept as ISO text?
import { changed } from './changed';

export function installDuration(place: HTMLElement): void {
  const amount = place.querySelector<HTMLInputElement>('input[inputmode]')!;
  const unit = place.querySelector<HTMLSelectElement>('select')!;
  const hidden = place.querySelector<HTMLInputElement>('input[type=hidden]')!;
  const write = (event: Event) => {
    event.stopPropagation();
    const typed = amount.value.trim();
    // A number that is none goes as it is: the server says what is wrong with it.
    hidden.value = typed && unit.value.replace('#', typed);
    changed(hidden);
  };
  amount.addEventListener('input', write);
  unit.addEventListener('change', write);
}
