// How do htmx's requests carry our token, say that they are on their way, and survive a sign-out?
import htmx from 'htmx.org';
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

let underway = 0;

function count(by: number): void {
  underway = Math.max(0, underway + by);
  document.documentElement.classList.toggle('is-loading', underway > 0);
}

export function requests(): void {
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
    void signInAgain().then((signedIn) => {
      if (!signedIn) return;
      void htmx.ajax(verb as 'get', path, {
        source: sent.elt,
        target: target as HTMLElement,
        values: verb === 'get' ? parameters : { ...parameters, csrf_token: token() },
      });
    });
  });
}
