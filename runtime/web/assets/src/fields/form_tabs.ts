// How does a form on several tabs show where something is wrong, and where one goes on?
import { Tabs } from '../shell/tabs';

const known = new WeakMap<Element, Tabs>();

export function installTabs(place: HTMLElement): void {
  const bar = place.querySelector<HTMLElement>('[role=tablist]');
  if (!bar) return;
  const tabs = new Tabs(bar, () => offerNext(tabs));
  known.set(place, tabs);
  // What is shown and what is wrong changes while one types, and each is said by an attribute.
  const watch = new MutationObserver(() => refresh(tabs));
  for (const panel of tabs.panels())
    if (panel) watch.observe(panel, { subtree: true, attributeFilter: ['aria-invalid', 'hidden'] });
  place.addEventListener('click', (event) => {
    if ((event.target as Element).closest('[data-next-tab]')) goOn(tabs, place);
  });
  offerNext(tabs);
}

// Open the tab on which something stands, before one is taken there.
export function reveal(inside: Element): void {
  const place = inside.closest('[data-enhance=tabs]');
  if (place) known.get(place)?.reveal(inside);
}

function refresh(tabs: Tabs): void {
  tabs.all.forEach((tab, at) => {
    const panel = tabs.panels()[at];
    const hidden = !panel?.querySelector('[data-section]:not([hidden])');
    if (tab.hidden !== hidden) tab.hidden = hidden;
    const wrong = panel?.querySelectorAll('.field[data-field] [aria-invalid=true]').length ?? 0;
    const mark = tab.querySelector<HTMLElement>('[data-wrong]');
    const count = mark?.querySelector('[data-wrong-count]');
    if (!mark || !count || count.textContent === (wrong ? String(wrong) : '')) return;
    mark.hidden = wrong === 0;
    count.textContent = wrong ? String(wrong) : '';
  });
  const open = tabs.all.find((tab) => !tab.hidden);
  if (tabs.current?.hidden && open) tabs.choose(open);
  else offerNext(tabs);
}

function following(tabs: Tabs): HTMLElement | undefined {
  const open = tabs.all.filter((tab) => !tab.hidden);
  return open[open.indexOf(tabs.current ?? (open[0] as HTMLElement)) + 1];
}

function offerNext(tabs: Tabs): void {
  const next = following(tabs);
  for (const panel of tabs.panels()) {
    const button = panel?.querySelector<HTMLElement>('[data-next-tab]');
    const text = button?.querySelector('[data-next-text]');
    if (!button || !text) continue;
    if (button.hidden !== !next) button.hidden = !next;
    text.textContent = next?.firstChild?.textContent ?? '';
  }
}

function goOn(tabs: Tabs, place: HTMLElement): void {
  const next = following(tabs);
  if (!next) return;
  tabs.choose(next);
  next.focus({ preventScroll: true });
  place.scrollIntoView({ block: 'start' });
}
