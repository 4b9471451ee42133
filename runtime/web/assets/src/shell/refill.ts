// How does a sheet ask further when one of its questions is answered?
import { ask } from '../net';

// A sheet whose questions depend on each other asks again when one of them is answered.
document.addEventListener('change', (event) => {
  const select = event.target;
  if (!(select instanceof HTMLSelectElement) || !select.dataset['refill']) return;
  const url = new URL(select.dataset['refill'], window.location.href);
  const form = select.form;
  if (!form) return;
  url.searchParams.set('field', String(new FormData(form).get('field') ?? ''));
  if (select.name !== 'field') url.searchParams.set(select.name, select.value);
  const at = new FormData(form).get('at');
  if (at !== null) url.searchParams.set('at', String(at));
  void refill(form, url, select.id);
});

async function refill(form: HTMLFormElement, url: URL, focus: string): Promise<void> {
  const answer = await ask(url.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelector('form');
  if (!fresh) return;
  const typed = typedSoFar(form);
  form.replaceChildren(...Array.from(fresh.childNodes).map((node) => document.adoptNode(node)));
  const { enhance } = await import('../fields/enhance');
  enhance(form);
  for (const [id, text] of typed) {
    const input = document.getElementById(id);
    if (input instanceof HTMLInputElement) input.value = text;
  }
  if (typed.size === 0) document.getElementById(focus)?.focus();
}

// Whoever typed on while the answer was under way does not start again.
function typedSoFar(form: HTMLFormElement): Map<string, string> {
  const inputs = form.querySelectorAll<HTMLInputElement>('input[id]:not([type=hidden])');
  const changed = Array.from(inputs).filter((input) => input.value !== input.defaultValue);
  return new Map(changed.map((input) => [input.id, input.value]));
}

document.addEventListener('input', (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || !box.dataset['narrow']) return;
  const typed = box.value.trim().toLowerCase();
  for (const item of document.querySelectorAll<HTMLElement>(`${box.dataset['narrow']} label`)) {
    item.hidden = !item.textContent?.toLowerCase().includes(typed);
  }
});
