// How does one of several panels show: chosen by mouse, finger or arrow keys?

const panelOf = (tab: HTMLElement): HTMLElement | null =>
  document.getElementById(tab.getAttribute('aria-controls') ?? '');

export class Tabs {
  readonly all: HTMLElement[];

  constructor(
    private readonly bar: HTMLElement,
    private readonly chosen: () => void = () => undefined,
  ) {
    this.all = [...bar.querySelectorAll<HTMLElement>('[role=tab]')];
    const named = this.all.find((tab) => `#${tab.getAttribute('aria-controls')}` === window.location.hash);
    if (named && named.getClientRects().length > 0) this.choose(named);
    bar.addEventListener('click', (event) => {
      const tab = (event.target as Element).closest<HTMLElement>('[role=tab]');
      if (tab) this.choose(tab);
    });
    bar.addEventListener('keydown', (event) => this.walk(event));
  }

  get shown(): HTMLElement[] {
    return this.all.filter((tab) => tab.getClientRects().length > 0);
  }

  get current(): HTMLElement | undefined {
    return this.all.find((tab) => tab.getAttribute('aria-selected') === 'true');
  }

  panels(): (HTMLElement | null)[] {
    return this.all.map(panelOf);
  }

  choose(chosen: HTMLElement): void {
    for (const tab of this.all) {
      const on = tab === chosen;
      tab.setAttribute('aria-selected', String(on));
      tab.tabIndex = on ? 0 : -1;
      panelOf(tab)?.classList.toggle('is-current', on);
    }
    this.bar.scrollTo({ left: chosen.offsetLeft - (this.bar.clientWidth - chosen.offsetWidth) / 2 });
    this.chosen();
  }

  // The panel in which something stands, so that it can be looked at.
  reveal(inside: Element): void {
    const at = this.panels().findIndex((panel) => panel?.contains(inside));
    const tab = this.all[at];
    if (tab && tab !== this.current) this.choose(tab);
  }

  private walk(event: KeyboardEvent): void {
    const { shown } = this;
    const at = shown.indexOf(event.target as HTMLElement);
    const last = shown.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at ? at - 1 : last, Home: 0, End: last }[event.key];
    const tab = to === undefined || at < 0 ? undefined : shown[to];
    if (!tab) return;
    event.preventDefault();
    this.choose(tab);
    tab.focus();
  }
}
