// How does a file travel to the server while its progress shows?
import { token } from './net';

export type Uploaded = { id: string; name: string; type: string; size: number; url: string };

export class Refused extends Error {}

// What travels with an upload: where it is meant to go, and what the page says must come along.
export function along(place: HTMLElement): Record<string, string> {
  const names = ['app', 'form', 'record', 'field', 'item'];
  const fields = Object.fromEntries(names.map((name) => [name, place.dataset[name] ?? '']));
  for (const input of agreements(place)) if (input.checked) fields[input.name] = input.value;
  return fields;
}

// Calls back once something is ticked without which nothing may be uploaded; false if all is.
export function onceAgreed(place: HTMLElement, act: () => void): boolean {
  const missing = agreements(place).find((input) => !input.checked);
  missing?.addEventListener('change', act, { once: true });
  return missing !== undefined;
}

function agreements(place: HTMLElement): HTMLInputElement[] {
  return Array.from(place.closest('form')?.querySelectorAll<HTMLInputElement>('input[data-along]') ?? []);
}

export function upload(
  url: string,
  file: File,
  fields: Record<string, string>,
  progress: (share: number) => void,
): { done: Promise<Uploaded>; cancel: () => void } {
  const request = new XMLHttpRequest();
  const done = new Promise<Uploaded>((resolve, reject) => {
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      const answer = (request.response ?? {}) as Partial<Uploaded> & { message?: string };
      if (request.status < 300 && answer.id) resolve(answer as Uploaded);
      else reject(new Refused(answer.message ?? ''));
    });
    request.addEventListener('error', () => reject(new Error('offline')));
    request.addEventListener('abort', () => reject(new Error('cancelled')));
  });
  request.open('POST', url);
  request.responseType = 'json';
  request.setRequestHeader('X-Panel', '1');
  request.setRequestHeader('X-CSRFToken', token());
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append('file', file, file.name);
  request.send(body);
  return { done, cancel: () => request.abort() };
}
