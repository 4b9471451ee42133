// How is a form built on the canvas: chosen, dragged, typed, marked together?
import { begin, choose, onChange, send, touchUp, type Edit, type Target } from './design/edits';
import { clearTogether, current, markChosen, showTogether, together, toggle } from './canvas/chosen';
import { chooseItem, copy, remove } from './canvas/deeds';
import { endsDrag, makeAllSortable, makeShelf } from './canvas/drag';
import { canvas, chooserOf, isField, itemAt, itemOf, labelOf, listTarget, nameOf, targetOf } from './canvas/items';
import { duplicate } from './design/copying';
import { listenToKeys, stepAndKeep } from './canvas/keys';
import { addByButton, askColumn, findTypes, foldOnNarrow, spotForNew } from './canvas/palette';
import { settle } from './canvas/parts';
import { addTab, keepTab, openWhileCarrying } from './canvas/tabs';

const PHONE = '(max-width: 767px)';

function clicked(event: MouseEvent): void {
  const here = event.target instanceof Element ? event.target : null;
  const tool = here?.closest<HTMLElement>('[data-tool]');
  const adds = here?.closest<HTMLElement>('[data-add-column]');
  const chooser = here?.closest<HTMLElement>('[data-choose]');
  if (tool) use(tool.dataset['tool'] ?? '');
  else if (adds) {
    const list = adds.parentElement?.querySelector<HTMLElement>('[data-list]');
    if (list) askColumn(list);
  } else if (here?.closest('[data-add-section]')) {
    void addByButton(here.closest('[data-add-section]') as HTMLElement, null);
  } else if (here?.closest('[data-add-tab]')) {
    void addTab(here.closest('[data-add-tab]') as HTMLElement);
  } else if (chooser && !endsDrag()) pick(event, chooser);
}

function pick(event: MouseEvent, chooser: HTMLElement): void {
  const item = itemOf(chooser);
  if (!item) {
    void choose(JSON.parse(chooser.dataset['choose'] ?? '[]') as Target);
    return;
  }
  event.stopPropagation();
  if (event.ctrlKey || event.metaKey || event.shiftKey) {
    const first = current();
    if (first && together().length === 0) toggle(first, true);
    toggle(item);
    return;
  }
  clearTogether();
  chooseItem(item);
}

function use(tool: string): void {
  const item = current();
  if (!item) return;
  if (tool === 'up') void stepAndKeep(item, -1);
  if (tool === 'down') void stepAndKeep(item, 1);
  if (tool === 'copy') void (isField(item) ? copy([item]) : duplicate(targetOf(item)));
  if (tool === 'remove') void remove([item]);
  if (tool === 'mark') toggle(item);
}

function listenToMany(bar: HTMLElement): void {
  const move = bar.querySelector<HTMLSelectElement>('[data-many-move]');
  move?.addEventListener('focus', () => fillSections(move));
  fillSections(move);
  move?.addEventListener('change', () => {
    const list = document.getElementById(move.value);
    if (list) void moveTogether(list);
    move.value = '';
  });
  const into = bar.querySelector<HTMLSelectElement>('[data-many-copy]');
  into?.addEventListener('change', () => {
    if (into.value) void copy(together(), into.value).then(clearTogether);
    into.value = '';
  });
  bar.querySelector('[data-many-remove]')?.addEventListener('click', () => {
    void remove(together()).then(clearTogether);
  });
  bar.querySelector('[data-many-none]')?.addEventListener('click', clearTogether);
}

function fillSections(select: HTMLSelectElement | null): void {
  select?.querySelectorAll('option:not(:first-child)').forEach((each) => each.remove());
  for (const list of document.querySelectorAll<HTMLElement>('[data-takes=field]')) {
    select?.append(new Option(labelOf(list), list.id));
  }
}

async function moveTogether(list: HTMLElement): Promise<void> {
  const into = listTarget(list);
  const edits: Edit[] = together().map((item) => {
    const own = item.parentElement?.closest<HTMLElement>('[data-list]') as HTMLElement;
    return { op: 'move', target: [...listTarget(own), nameOf(item)], into, before: null };
  });
  await send(edits, {});
  clearTogether();
}

// What is typed as a name stands on the form at once, before the server has seen it.
function typedName(event: Event): void {
  const box = event.target instanceof HTMLInputElement && event.target.matches('[data-zh]') ? event.target : null;
  const target = JSON.parse(box?.closest<HTMLElement>('[data-target]')?.dataset['target'] ?? '[]') as Target;
  const item = target.at(-1) === 'label' ? itemAt(target.slice(0, -1)) : null;
  const shown = item?.querySelector('.field__label, .legend, .design-column__choose span, .design-tab__choose');
  if (!box || !item || !shown) return;
  if (shown.firstChild) shown.firstChild.textContent = box.value;
  else shown.textContent = box.value;
  item.dataset['label'] = box.value;
  touchUp(shown);
}

function start(board: HTMLElement): void {
  makeAllSortable();
  keepTab();
  openWhileCarrying();
  board.addEventListener('click', clicked);
  listenToKeys(board);
  document.addEventListener('input', typedName);
  const palette = document.querySelector<HTMLDetailsElement>('[data-palette]');
  if (palette) {
    foldOnNarrow(palette);
    findTypes(palette);
    palette.querySelectorAll<HTMLElement>('[data-shelf], .design-types').forEach(makeShelf);
    palette.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-type]') : null;
      if (button && !endsDrag()) void addByButton(button, spotForNew());
    });
  }
  document.querySelector('[data-choose-none]')?.addEventListener('click', () => void choose(null));
  const bar = document.getElementById('many');
  if (bar) listenToMany(bar);
  const first = board.querySelector<HTMLElement>('[aria-current][data-choose]');
  if (first) {
    const target = JSON.parse(first.dataset['choose'] ?? '[]') as Target;
    begin(target);
    markChosen(target);
  }
  onChange((answer) => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    keepTab();
    settle(answer.parts);
    makeAllSortable();
    markChosen(answer.chosen);
    showTogether();
    const chosen = answer.chosen ? itemAt(answer.chosen) : null;
    if (lost && chosen) chooserOf(chosen)?.focus({ preventScroll: true });
    if (chosen && window.matchMedia(PHONE).matches) chosen.scrollIntoView({ block: 'nearest' });
  });
}

if (canvas) start(canvas);
