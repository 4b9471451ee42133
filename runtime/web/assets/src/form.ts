// How does a form behave while it is filled in: live, kept, sent once, and never lost?
import { Draft, type Typed } from './draft';
import { installChoices } from './fields/choices';
import { atHand, enhance } from './fields/enhance';
import { installFiles } from './fields/files';
import { installTabs, reveal } from './fields/form_tabs';
import { installLines } from './fields/lines';
import { installPicker } from './fields/picker';
import { keepLive } from './live';
import { ask } from './net';
import { word } from './words';

// Most forms have these: they come with the page and work from its first moment.
atHand({
  choices: installChoices,
  files: installFiles,
  lines: (place) => installLines(place, enhance),
  picker: installPicker,
  tabs: installTabs,
});
const form = document.querySelector<HTMLFormElement>('form[data-form]');
if (form) void start(form);

async function start(form: HTMLFormElement): Promise<void> {
  enhance(form);
  void keepLive(form);
  focusFirstError(form);
  const draft = new Draft(form);
  guardLeaving(draft);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(form, draft, event.submitter);
  });
  form.addEventListener('click', (event) => {
    const target = event.target as Element;
    if (target.closest('[data-drop-draft]')) void dropDraft(draft);
    const link = target.closest<HTMLAnchorElement>('.error-summary a[href^="#"]');
    if (link) jump(event, link);
  });
  document.addEventListener('keydown', (event) => shortcut(event, form));
  const kept = await draft.earlier();
  if (kept) await whileShut(form, () => redraw(form, draft.onto(kept.typed), new Date(kept.at)));
}

// What the server draws anew would take the place of what was typed meanwhile: nobody types then.
async function whileShut(form: HTMLFormElement, act: () => Promise<void>): Promise<void> {
  const here = document.activeElement;
  const name = here && form.contains(here) ? here.getAttribute('name') : null;
  form.inert = true;
  try {
    await act();
  } finally {
    form.inert = false;
    const again = here?.isConnected ? here : name && form.querySelector(`[name="${CSS.escape(name)}"]`);
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (lost && again instanceof HTMLElement) again.focus({ preventScroll: true });
  }
}

// Ctrl+S saves; Enter in a one-line input moves on instead of sending half a form.
function shortcut(event: KeyboardEvent, form: HTMLFormElement): void {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 's') {
    event.preventDefault();
    if (!document.querySelector('dialog[open]')) form.requestSubmit();
    return;
  }
  const input = event.target;
  const plain = event.key === 'Enter' && !event.isComposing && !event.defaultPrevented;
  if (!plain || !(input instanceof HTMLInputElement) || input.form !== form) return;
  if (event.ctrlKey || event.metaKey) {
    form.requestSubmit();
  } else if (input.type !== 'submit' && input.type !== 'button') {
    event.preventDefault();
    next(form, input)?.focus();
  }
}

function next(form: HTMLFormElement, from: HTMLElement): HTMLElement | undefined {
  const reachable = Array.from(
    form.querySelectorAll<HTMLElement>('input:not([type=hidden]), select, textarea, button[type=submit]'),
  ).filter((item) => !item.matches(':disabled') && item.getClientRects().length > 0);
  return reachable[reachable.indexOf(from) + 1];
}

function guardLeaving(draft: Draft): void {
  window.addEventListener('beforeunload', (event) => {
    if (!draft.changed) return;
    void draft.keep();
    event.preventDefault();
    event.returnValue = '';
  });
}

async function send(form: HTMLFormElement, draft: Draft, button: HTMLElement | null): Promise<void> {
  if (form.dataset['sending'] || form.querySelector('[data-uploading]')) {
    if (!form.dataset['sending']) tell(form, word('stillUploading'));
    return;
  }
  form.dataset['sending'] = 'yes';
  form.setAttribute('aria-busy', 'true');
  const body = new FormData(form);
  if (button instanceof HTMLButtonElement && button.name) body.set(button.name, button.value);
  try {
    await whileShut(form, async () => receive(form, draft, await ask(form.action, { method: 'POST', body })));
    focusFirstError(form);
  } catch {
    await draft.keep();
    tell(form, word('offline'));
  } finally {
    delete form.dataset['sending'];
    form.removeAttribute('aria-busy');
  }
}

async function receive(form: HTMLFormElement, draft: Draft, answer: Response): Promise<void> {
  if (answer.status === 401 || (answer.redirected && answer.url.includes('/sign-in'))) {
    await draft.keep();
    draft.release();
    const here = window.location.pathname + window.location.search;
    window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
  } else if (answer.headers.get('content-type')?.includes('json')) {
    const { location: place } = (await answer.json()) as { location: string };
    await draft.finish();
    window.location.assign(place);
  } else if (answer.headers.get('X-Fragment')) {
    show(form, await answer.text());
  } else {
    await draft.keep();
    tell(form, word('notSaved', { status: answer.status }));
  }
}

// The server draws the form again from the texts, so rows, chips and files come back as well.
async function redraw(form: HTMLFormElement, typed: Typed, at: Date): Promise<void> {
  const body = new FormData();
  for (const [name, value] of typed) body.append(name, value);
  for (const name of ['csrf_token', '_key', '_version']) {
    const input = form.elements.namedItem(name);
    if (input instanceof HTMLInputElement) body.set(name, input.value);
  }
  body.set('_do', 'redraw');
  const answer = await ask(form.action, { method: 'POST', body }).catch(() => undefined);
  if (!answer?.headers.get('X-Fragment')) return;
  show(form, await answer.text());
  const notice = form.querySelector<HTMLElement>('[data-draft-notice]');
  if (!notice) return;
  notice.hidden = false;
  const when = at.toLocaleString(document.documentElement.lang, {
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const place = notice.querySelector('[data-when]');
  if (place) place.textContent = when;
}

async function dropDraft(draft: Draft): Promise<void> {
  await draft.finish();
  window.location.reload();
}

function show(form: HTMLFormElement, html: string): void {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const drawn = parsed.querySelector('form[data-form]') ?? parsed.body;
  form.replaceChildren(...Array.from(drawn.childNodes).map((node) => document.adoptNode(node)));
  enhance(form);
  void keepLive(form);
}

function tell(form: HTMLFormElement, text: string): void {
  const place = form.querySelector<HTMLElement>('[data-say]');
  if (!place) return;
  place.hidden = false;
  place.textContent = text;
  place.scrollIntoView({ block: 'nearest' });
}

function focusFirstError(form: HTMLFormElement): void {
  const summary = form.querySelector<HTMLElement>('.error-summary');
  const first = form.querySelector<HTMLElement>('[aria-invalid=true]');
  if (first) reveal(first);
  if (first) first.focus({ preventScroll: true });
  (summary ?? first)?.scrollIntoView({ block: 'center' });
}

function jump(event: Event, link: HTMLAnchorElement): void {
  const target = document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  const field = target.closest('.field') ?? target;
  reveal(field);
  field.scrollIntoView({ block: 'center' });
  const inside = target.matches('input, select, textarea, button, [tabindex], [contenteditable]')
    ? target
    : target.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea, button');
  inside?.focus({ preventScroll: true });
}
