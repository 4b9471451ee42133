// How does the record page open its sheets, switch its tabs and copy its link?
import { ask } from './net';
import { Tabs } from './shell/tabs';
import { word } from './words';

// The inputs beside the record come to life when somebody goes near them: most only read.
let ready: Promise<void> | undefined;
const prepare = () => (ready ??= import('./fields/enhance').then(({ enhanced }) => enhanced(document)));

for (const kind of ['pointerover', 'focusin', 'dragenter', 'touchstart']) {
  document.addEventListener(kind, (event) => {
    if ((event.target as Element).closest?.('[data-enhance]')) void prepare();
  });
}
document.addEventListener('change', (event) => {
  const input = event.target;
  const early = input instanceof HTMLInputElement && input.type === 'file';
  if (!early || !input.closest('[data-enhance]:not([data-ready])')) return;
  event.stopPropagation();
  void prepare().then(() => input.dispatchEvent(new Event('change', { bubbles: true })));
}, true);

document.addEventListener('click', (event) => {
  if (event.defaultPrevented || !(event.target instanceof Element)) return;
  const plain = !(event instanceof MouseEvent) || !(event.ctrlKey || event.metaKey || event.shiftKey);
  const copier = event.target.closest<HTMLElement>('[data-copy]');
  if (copier) void copyLink(copier);
  const preview = event.target.closest<HTMLAnchorElement>('a[data-preview]');
  if (preview && plain) {
    event.preventDefault();
    void showFile(preview);
  }
});

async function copyLink(button: HTMLElement): Promise<void> {
  const url = new URL(button.dataset['copy'] ?? '', window.location.href).href;
  await navigator.clipboard?.writeText(url).catch(() => undefined);
  const status = document.querySelector('[data-page-status]');
  if (status) status.textContent = word('linkCopied');
  document.dispatchEvent(new CustomEvent('toast', { detail: word('linkCopied') }));
}

async function showFile(link: HTMLAnchorElement): Promise<void> {
  const { showSheet } = await import('./sheet');
  const kind = link.dataset['preview'];
  const holder = document.createElement('div');
  const title = document.createElement('h2');
  title.className = 'dialog__head dialog__title';
  title.textContent = link.dataset['name'] ?? link.textContent;
  const shown = document.createElement(kind === 'pdf' ? 'iframe' : 'img');
  shown.src = link.href;
  shown.className = 'preview-body';
  if (shown instanceof HTMLImageElement) shown.alt = title.textContent ?? '';
  else shown.title = title.textContent ?? '';
  const bar = document.createElement('div');
  bar.className = 'dialog__foot';
  const open = document.createElement('a');
  Object.assign(open, { href: `${link.href}?download`, className: 'btn', textContent: word('download') });
  const close = document.createElement('button');
  Object.assign(close, { type: 'button', className: 'btn btn--primary', textContent: word('close') });
  close.dataset['close'] = '';
  bar.append(open, close);
  holder.append(title, shown, bar);
  showSheet(holder.innerHTML).classList.add('preview');
}

// Evidence goes up as soon as it is chosen; the card then shows how it stands.
document.addEventListener('change', (event) => {
  const form = (event.target as Element).closest?.<HTMLFormElement>('form[data-attach]');
  if (form && form.querySelector('input[name=file][type=hidden]')) void attach(form);
});

async function attach(form: HTMLFormElement): Promise<void> {
  const answer = await ask(form.action, { method: 'POST', body: new FormData(form) });
  const card = form.closest('#panel-missing');
  const part = answer.ok && card ? await ask(form.action.replace(/evidence$/, 'gate')) : undefined;
  if (!card || !part?.ok) {
    window.location.reload();
    return;
  }
  const parsed = new DOMParser().parseFromString(await part.text(), 'text/html');
  card.replaceChildren(...Array.from(parsed.body.childNodes).map((node) => document.adoptNode(node)));
  const { enhance } = await import('./fields/enhance');
  enhance(card);
}

// One panel at a time; on the desktop what is missing and the timeline stand beside them.
for (const bar of document.querySelectorAll<HTMLElement>('[data-tabs]')) new Tabs(bar);
