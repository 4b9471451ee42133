// How do htmx's requests carry our token, say that they are on their way, and survive a sign-out?
import { token } from '../net';
import { word } from '../words';
import { signInAgain } from './sign_in_again';
import { toast } from './toast';

interface Sent {
  headers: Record<string, string>;
  xhr: XMLHttpRequest;
  elt: Element;
  requestConfig: { verb: string; path: string; parameters: Record<string, unknown>; target: Element };
}

type Htmx = typeof import('htmx.org').default;

const USES = '[hx-get]:not(#find), [hx-post], [hx-put], [hx-patch], [hx-delete], [hx-boost]';
let loading: Promise<Htmx> | undefined;

// It is larger than all else together, so a page that has nothing for it does without. What comes
// between the parsing of a page and its load never begins: it waits for a word that was said.
export function htmx(): Promise<Htmx> {
  return (loading ??= loaded().then(() => import('htmx.org')).then((module) => module.default));
}

function loaded(): Promise<unknown> {
  if (document.readyState === 'complete') return Promise.resolve();
  return new Promise((resolve) => window.addEventListener('load', resolve, { once: true }));
}

// A link that is pressed and a box that is typed into before it has come do what they should then.
function keepWhatIsEarly(): void {
  let missed: HTMLElement | null = null;
  const note = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>('a[hx-get]') : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    missed = link;
  };
  document.addEventListener('click', note);
  const stop = (): void => document.removeEventListener('click', note);
  void htmx().then(({ trigger }) => {
    stop();
    for (const box of document.querySelectorAll<HTMLInputElement>('input[hx-get]:not(#find)'))
      if (box.value !== box.defaultValue) trigger(box, 'early', {});
    if (missed?.isConnected) missed.click();
  }, stop);
}

let underway = 0;

function count(by: number): void {
  underway = Math.max(0, underway + by);
  document.documentElement.classList.toggle('is-loading', underway > 0);
}

export function requests(): void {
  if (document.querySelector(USES)) keepWhatIsEarly();
  const on = (name: string, act: (sent: Sent) => void) =>
    document.addEventListener(name, (event) => act((event as CustomEvent<Sent>).detail));
  on('htmx:configRequest', ({ headers }) => {
    headers['X-CSRFToken'] = token();
    headers['X-Panel'] = '1';
  });
  on('htmx:beforeRequest', () => count(1));
  on('htmx:afterRequest', () => count(-1));
  on('htmx:sendError', () => toast(word('offline'), 'red'));
  on('htmx:responseError', (sent) => {
    if (sent.xhr.status !== 401) {
      toast(word('failed'), 'red');
      return;
    }
    const { verb, path, parameters, target } = sent.requestConfig;
    void Promise.all([htmx(), signInAgain()]).then(([{ ajax }, signedIn]) => {
      if (!signedIn) return;
      void ajax(verb as 'get', path, {
        source: sent.elt,
        target: target as HTMLElement,
        values: verb === 'get' ? parameters : { ...parameters, csrf_token: token() },
      });
    });
  });
}
