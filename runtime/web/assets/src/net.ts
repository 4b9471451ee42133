// How does a module talk to the server?

export function token(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[name=csrf-token]');
  if (meta) return meta.content;
  return document.querySelector<HTMLInputElement>('input[name=csrf_token]')?.value ?? '';
}

// A request for a part of a page: the server answers with a fragment or with JSON, never a redirect.
// If the session has ended meanwhile, the person signs in over the page and the request is repeated.
export async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  const answer = await send(url, init);
  if (answer.status !== 401) return answer;
  const { signInAgain } = await import('./shell/sign_in_again');
  return (await signInAgain()) ? send(url, renewed(init)) : answer;
}

function send(url: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('X-Panel', '1');
  if (init.method && init.method !== 'GET') headers.set('X-CSRFToken', token());
  return fetch(url, { ...init, headers, credentials: 'same-origin' });
}

function renewed(init: RequestInit): RequestInit {
  const { body } = init;
  const named = body instanceof FormData || body instanceof URLSearchParams;
  if (named && body.has('csrf_token')) body.set('csrf_token', token());
  return init;
}

export async function askJson<T>(url: string, init: RequestInit = {}): Promise<T> {
  const answer = await ask(url, init);
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return (await answer.json()) as T;
}

export function later<A extends unknown[]>(wait: number, act: (...args: A) => void) {
  let timer: number | undefined;
  return (...args: A) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => act(...args), wait);
  };
}
