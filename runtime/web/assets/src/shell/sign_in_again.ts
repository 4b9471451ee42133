// What happens when the session has ended while somebody was filling in a page?
//
// The sign-in form opens over the page; afterwards what was asked for is asked again, and
// nothing that was typed is lost.

let waiting: Promise<boolean> | null = null;

export function signInAgain(): Promise<boolean> {
  waiting ??= ask().finally(() => (waiting = null));
  return waiting;
}

async function ask(): Promise<boolean> {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog';
  document.body.append(dialog);
  await fill(dialog, await fetch('/sign-in/again', { credentials: 'same-origin' }));
  dialog.showModal();
  return new Promise((settle) => {
    let done = false;
    dialog.addEventListener('submit', (event) => {
      event.preventDefault();
      void send(dialog, event.target as HTMLFormElement).then((signedIn) => {
        if (!signedIn) return;
        done = true;
        dialog.close();
      });
    });
    dialog.addEventListener('click', (event) => {
      if (event.target instanceof Element && event.target.closest('[data-close]')) dialog.close();
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      settle(done);
    });
  });
}

async function fill(dialog: HTMLDialogElement, answer: Response): Promise<void> {
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  dialog.replaceChildren(...Array.from(page.body.childNodes).map((node) => document.adoptNode(node)));
  dialog.setAttribute('aria-labelledby', dialog.querySelector('h2')?.id ?? '');
}

async function send(dialog: HTMLDialogElement, form: HTMLFormElement): Promise<boolean> {
  const answer = await fetch(form.action, {
    method: 'POST',
    body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>),
    headers: { 'X-Panel': '1' },
    credentials: 'same-origin',
  });
  if (answer.headers.get('content-type')?.includes('json')) {
    const { csrf } = (await answer.json()) as { csrf: string };
    renew(csrf);
    return true;
  }
  await fill(dialog, answer);
  dialog.querySelector<HTMLElement>('input:not([type=hidden])')?.focus();
  return false;
}

function renew(csrf: string): void {
  document.querySelector<HTMLMetaElement>('meta[name=csrf-token]')?.setAttribute('content', csrf);
  for (const input of document.querySelectorAll<HTMLInputElement>('input[name=csrf_token]')) {
    input.value = csrf;
  }
}
