// How is a fragment shown in a dialog (a bottom sheet on the phone), sent, and closed?
import { ask } from './net';
import { enhance } from './fields/enhance';
import { word } from './words';

export type Done = (answer: { location?: string; id?: string; title?: string }) => void;

const FILLED_IN =
  'input:not([type=hidden], [type=file], :disabled), select:not(:disabled), textarea:not(:disabled)';

// An address that differs only behind the # would merely scroll, and show what was before.
const goThere: Done = ({ location: place }) => {
  const there = new URL(place ?? window.location.href, window.location.href);
  if (there.href.split('#')[0] !== window.location.href.split('#')[0]) {
    window.location.assign(there);
    return;
  }
  window.history.replaceState(null, '', there);
  window.location.reload();
};

let opening = '';

// Whoever presses twice until the sheet is there gets it once.
export async function openSheet(url: string, done: Done = goThere): Promise<void> {
  if (opening === url) return;
  opening = url;
  const answer = await ask(url).finally(() => (opening = ''));
  if (answer.redirected) {
    window.location.assign(answer.url);
    return;
  }
  showSheet(await answer.text(), done);
}

export function showSheet(html: string, done: Done = goThere): HTMLDialogElement {
  const sheet = document.createElement('dialog');
  sheet.className = 'dialog dialog--sheet';
  const opener = document.activeElement;
  document.body.append(sheet);
  fill(sheet, html);
  sheet.addEventListener('close', () => {
    sheet.remove();
    if (opener instanceof HTMLElement) opener.focus();
  });
  sheet.addEventListener('click', (event) => {
    const closer = event.target instanceof Element && event.target.closest('[data-close]');
    if (event.target === sheet || closer) {
      event.preventDefault();
      sheet.close();
    }
  });
  sheet.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method === 'dialog') return;
    event.preventDefault();
    void send(sheet, form, event.submitter, done);
  });
  sheet.showModal();
  focusFirst(sheet);
  return sheet;
}

function fill(sheet: HTMLDialogElement, html: string): void {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  sheet.replaceChildren(...Array.from(parsed.body.childNodes).map((node) => document.adoptNode(node)));
  const title = sheet.querySelector('h1, h2');
  if (title) {
    title.id ||= 'sheet-title';
    sheet.setAttribute('aria-labelledby', title.id);
  }
  enhance(sheet);
  const form = sheet.querySelector<HTMLFormElement>('form[data-form]');
  if (form) void import('./live').then(({ keepLive }) => keepLive(form));
}

async function send(
  sheet: HTMLDialogElement,
  form: HTMLFormElement,
  button: HTMLElement | null,
  done: Done,
): Promise<void> {
  if (form.dataset['sending']) return;
  if (form.querySelector('[data-uploading]')) {
    say(form, word('stillUploading'));
    return;
  }
  form.dataset['sending'] = 'yes';
  form.setAttribute('aria-busy', 'true');
  const body = new FormData(form);
  const here = document.activeElement;
  form.inert = true;
  if (button instanceof HTMLButtonElement && button.name) body.set(button.name, button.value);
  const action = (button as HTMLButtonElement | null)?.getAttribute('formaction') ?? form.action;
  try {
    const answer = await ask(action, { method: 'POST', body });
    if (answer.ok && answer.headers.get('content-type')?.includes('json')) {
      const reply = (await answer.json()) as Parameters<Done>[0];
      sheet.close();
      done(reply);
      return;
    }
    fill(sheet, await answer.text());
    focusFirst(sheet);
  } catch {
    say(form, word('offline'));
  } finally {
    delete form.dataset['sending'];
    form.inert = false;
    if (here instanceof HTMLElement && form.contains(here)) here.focus({ preventScroll: true });
    form.removeAttribute('aria-busy');
  }
}

function say(form: HTMLFormElement, text: string): void {
  let notice = form.querySelector('.sheet-notice');
  if (!notice) {
    notice = document.createElement('p');
    notice.className = 'banner tone-red sheet-notice';
    notice.setAttribute('role', 'alert');
    form.prepend(notice);
  }
  notice.textContent = text;
}

function isSeen(element: HTMLElement): boolean {
  return element.offsetParent !== null;
}

function focusFirst(sheet: HTMLElement): void {
  const wanted =
    sheet.querySelector<HTMLElement>('[role=alert][tabindex]') ??
    Array.from(sheet.querySelectorAll<HTMLElement>(FILLED_IN)).find(isSeen) ??
    sheet.querySelector<HTMLElement>('h2, h1');
  wanted?.focus({ preventScroll: true });
}
