// Which module brings an input to life? Each input names its own, and it loads when met.
type Install = (place: HTMLElement) => void | Promise<void>;

const installs: Record<string, Install> = {
  choices: async (place) => (await import('./choices')).installChoices(place),
  colour: async (place) => (await import('./choices')).installColour(place),
  duration: async (place) => (await import('./duration')).installDuration(place),
  feel: async (place) => (await import('../feel_editor')).installFeel(place),
  files: async (place) => (await import('./files')).installFiles(place),
  filter: async (place) => (await import('../filter_builder')).installFilter(place),
  geo: async (place) => (await import('../position')).installPosition(place),
  job: async (place) => (await import('../job')).installJob(place),
  lines: async (place) => (await import('./lines')).installLines(place, enhance),
  mentions: async (place) => (await import('./mentions')).installMentions(place),
  picker: async (place) => (await import('./picker')).installPicker(place),
  region: async (place) => (await import('./region')).installRegion(place),
  rich: async (place) => (await import('./rich_text')).installRichText(place),
  scan: async (place) => (await import('../scan')).installScan(place),
  signature: (place) => whenSeen(place, async () => (await import('../signature')).installSignature(place)),
  tabs: async (place) => (await import('./form_tabs')).installTabs(place),
  tags: async (place) => (await import('./tags')).installTags(place),
};

// What a page brings along is not fetched a second time, nor a moment later.
export function atHand(brought: Record<string, Install>): void {
  Object.assign(installs, brought);
}

export function enhance(root: ParentNode): void {
  void enhanced(root);
}

// The same, telling when every input is ready.
export async function enhanced(root: ParentNode): Promise<void> {
  const waiting: (void | Promise<void> | undefined)[] = [];
  for (const place of root.querySelectorAll<HTMLElement>('[data-enhance]')) {
    const name = place.dataset['enhance'] ?? '';
    if (place.dataset['ready'] || place.closest('template')) continue;
    place.dataset['ready'] = 'yes';
    const coming = installs[name]?.(place);
    if (coming) held(place, coming);
    waiting.push(coming);
  }
  await Promise.all(waiting);
}

// A button that is pressed before its module has come does what it should as soon as it has.
function held(place: HTMLElement, coming: Promise<void>): void {
  let missed: HTMLElement | null = null;
  const note = (event: Event): void => {
    missed = (event.target as Element).closest<HTMLElement>('button[type=button]');
  };
  place.addEventListener('click', note, true);
  const stop = (): void => place.removeEventListener('click', note, true);
  void coming.then(() => {
    stop();
    if (missed?.isConnected) missed.click();
  }, stop);
}

function whenSeen(place: HTMLElement, act: () => Promise<void>): void {
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    void act();
  });
  watch.observe(place);
}
