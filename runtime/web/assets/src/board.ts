// How does a card of the board move from stage to stage: by mouse, by touch, by keyboard?
import { Idiomorph } from 'idiomorph';
import { BY_HAND, Sortable } from './shell/sorting';
import { ask } from './net';
import './shell/refill';
import { announce, toast } from './shell/toast';
import { word } from './words';

interface Place {
  lane: HTMLElement;
  next: Element | null;
}

const board = document.querySelector<HTMLElement>('[data-board]');

function lanes(): HTMLElement[] {
  return Array.from(document.querySelectorAll<HTMLElement>('[data-lane]'));
}

function titleOf(card: HTMLElement): string {
  return card.dataset['title'] ?? '';
}

function labelOf(lane: HTMLElement | null | undefined): string {
  return lane?.dataset['label'] ?? '';
}

function put(card: HTMLElement, place: Place): void {
  place.lane.insertBefore(card, place.next?.parentElement === place.lane ? place.next : null);
}

// Sortable leaves styles behind which the strict policy would report when the node is copied.
function bare(card: HTMLElement): void {
  card.removeAttribute('style');
  card.removeAttribute('draggable');
}

async function drop(card: HTMLElement, from: Place, lane: HTMLElement): Promise<void> {
  const body = new FormData();
  body.set('_to', lane.dataset['lane'] ?? '');
  body.set('_version', card.dataset['version'] ?? '');
  body.set('_door', 'board');
  card.classList.add('is-busy');
  try {
    const answer = await ask(`${card.dataset['url']}/advance`, { method: 'POST', body });
    if (answer.ok && answer.headers.get('content-type')?.includes('json')) {
      arrived(card, lane);
      return;
    }
    refused(card, from, lane);
    if (answer.headers.get('content-type')?.includes('html')) {
      const { showSheet } = await import('./sheet');
      showSheet(await answer.text(), () => void refreshLanes());
    } else {
      toast(word('failed'), 'red');
    }
  } catch {
    refused(card, from, lane);
    toast(word('offline'), 'red');
  } finally {
    card.classList.remove('is-busy');
    catchUp();
  }
}

function arrived(card: HTMLElement, lane: HTMLElement): void {
  announce(word('moved', { title: titleOf(card), stage: labelOf(lane) }));
  toast(word('moved', { title: titleOf(card), stage: labelOf(lane) }));
  void refreshLanes();
}

function refused(card: HTMLElement, from: Place, lane: HTMLElement): void {
  put(card, from);
  card.classList.add('is-refused');
  card.addEventListener('animationend', () => card.classList.remove('is-refused'), { once: true });
  announce(word('refused', { title: titleOf(card), stage: labelOf(lane) }));
}

// Counts, totals, marks and versions come from the server, which alone knows them.
async function refreshLanes(): Promise<void> {
  const mine = (turn += 1);
  const answer = await ask(window.location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelector('[data-board]');
  // Another card is carried by now, or on its way: its own answer brings the lanes up to date.
  if (!fresh || !board || mine !== turn) return;
  if (carrying()) {
    stale = true;
    return;
  }
  Idiomorph.morph(board, fresh, { morphStyle: 'innerHTML', restoreFocus: true });
}

let turn = 0;
let stale = false;

function carrying(): boolean {
  return lifted !== null || board?.matches('.is-dragging') === true || board?.querySelector('.is-busy') != null;
}

// What came while a card was carried is asked for again once it was put down.
function catchUp(): void {
  if (!stale || carrying()) return;
  stale = false;
  void refreshLanes();
}

function start(): void {
  if (!board || board.dataset['movable'] !== 'yes') return;
  for (const lane of lanes()) {
    let from: Place | null = null;
    Sortable.create(lane, {
      group: 'board',
      draggable: '[data-card]',
      filter: 'button, input',
      preventOnFilter: false,
      ...BY_HAND,
      sort: false,
      scroll: true,
      scrollSensitivity: 80,
      onStart: ({ item }) => {
        from = { lane, next: item.nextElementSibling };
        board.classList.add('is-dragging');
      },
      onEnd: ({ item, to }) => {
        board.classList.remove('is-dragging');
        bare(item);
        if (from && to !== lane) void drop(item, from, to);
        catchUp();
      },
    });
  }
}

// By keyboard: Space lifts a card, arrows carry it, Space or Enter puts it down, Escape takes it back.
let lifted: { card: HTMLElement; from: Place } | null = null;

function lift(card: HTMLElement): void {
  const lane = card.closest<HTMLElement>('[data-lane]');
  if (!lane) return;
  lifted = { card, from: { lane, next: card.nextElementSibling } };
  card.classList.add('is-lifted');
  announce(word('lifted', { title: titleOf(card), stage: labelOf(lane) }));
}

function carry(by: number): void {
  if (!lifted) return;
  const all = lanes();
  const now = all.indexOf(lifted.card.closest('[data-lane]') as HTMLElement);
  const lane = all[now + by];
  if (!lane) return;
  lane.prepend(lifted.card);
  lifted.card.focus();
  lifted.card.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  announce(word('over', { stage: labelOf(lane) }));
}

function setDown(keep: boolean): void {
  if (!lifted) return;
  const { card, from } = lifted;
  lifted = null;
  card.classList.remove('is-lifted');
  const lane = card.closest<HTMLElement>('[data-lane]');
  if (keep && lane && lane !== from.lane) {
    void drop(card, from, lane);
    return;
  }
  put(card, from);
  card.focus();
  announce(word('putBack', { title: titleOf(card) }));
  catchUp();
}

function walk(card: HTMLElement, key: string): void {
  const lane = card.closest<HTMLElement>('[data-lane]');
  const mine = Array.from(lane?.querySelectorAll<HTMLElement>('[data-card]') ?? []);
  const at = mine.indexOf(card);
  if (key === 'ArrowDown' || key === 'ArrowUp') {
    mine[at + (key === 'ArrowDown' ? 1 : -1)]?.focus();
    return;
  }
  const all = lanes();
  const by = key === 'ArrowRight' ? 1 : -1;
  for (let n = all.indexOf(lane as HTMLElement) + by; all[n]; n += by) {
    const cards = all[n]?.querySelectorAll<HTMLElement>('[data-card]');
    if (cards?.length) {
      cards[Math.min(at, cards.length - 1)]?.focus();
      return;
    }
  }
}

document.addEventListener('keydown', (event) => {
  const card = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-card]') : null;
  if (!card || event.target !== card) return;
  const movable = board?.dataset['movable'] === 'yes';
  const side = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (event.key === ' ' && movable) {
    if (lifted) setDown(true);
    else lift(card);
  } else if (event.key === 'Enter') {
    if (lifted) setDown(true);
    else card.querySelector('a')?.click();
  } else if (event.key === 'Escape' && lifted) setDown(false);
  else if (lifted && side) carry(side);
  else if (!lifted && event.key.startsWith('Arrow')) walk(card, event.key);
  else return;
  event.preventDefault();
});

document.addEventListener('focusout', (event) => {
  if (lifted && event.target === lifted.card && event.relatedTarget) setDown(false);
});

start();
