// How is a step, a stage or an action carried to another place?
import { BY_HAND, Sortable } from '../../../runtime/web/assets/src/shell/sorting';
import { announce } from '../../../runtime/web/assets/src/shell/toast';
import { word } from '../../../runtime/web/assets/src/words';
import { send, type Target } from '../design/edits';

interface Spot {
  list: HTMLElement;
  next: Element | null;
}

let from: Spot | null = null;
let dropping = false;

// The click that ends a drag does nothing else.
export function isDropping(): boolean {
  return dropping;
}

function nameOf(item: Element | null): string | number | null {
  if (!(item instanceof HTMLElement)) return null;
  const name = item.dataset['step'] ?? item.dataset['item'];
  if (name) return name;
  const at = Number(item.dataset['at']);
  return Number.isNaN(at) ? null : at;
}

function listTarget(list: HTMLElement): Target {
  return JSON.parse(list.dataset['steps'] ?? list.dataset['sort'] ?? '[]') as Target;
}

function bare(item: HTMLElement): void {
  item.removeAttribute('style');
  item.removeAttribute('draggable');
}

async function dropped(item: HTMLElement, to: HTMLElement): Promise<void> {
  if (!from || (from.list === to && from.next === item.nextElementSibling)) return;
  const { list, next } = from;
  const name = nameOf(item);
  if (name === null) return;
  const target = [...listTarget(list), name];
  const before = nameOf(item.nextElementSibling);
  const place = [...to.children].indexOf(item) + 1;
  const label = item.dataset['label'] ?? '';
  const answer = await send([{ op: 'move', target, into: listTarget(to), before }]);
  if (answer.rev) announce(word('movedTo', { name: label, n: place }));
  else list.insertBefore(item, next);
}

export function makeSortable(): void {
  for (const list of document.querySelectorAll<HTMLElement>('#flow [data-steps], #flow [data-sort]')) {
    if (Sortable.get(list)) continue;
    const steps = list.hasAttribute('data-steps');
    Sortable.create(list, {
      group: steps ? 'steps' : 'alone',
      draggable: '>li',
      handle: steps ? '.flow-card__head' : '.card__head, .tile',
      ...BY_HAND,
      ghostClass: 'is-gap',
      dragClass: 'is-carried',
      onStart: ({ item }) => {
        from = { list, next: item.nextElementSibling };
        document.body.classList.add('is-dragging');
      },
      onEnd: ({ item, to }) => {
        document.body.classList.remove('is-dragging');
        bare(item);
        dropping = true;
        window.setTimeout(() => (dropping = false), 0);
        void dropped(item, to);
      },
    });
  }
}
