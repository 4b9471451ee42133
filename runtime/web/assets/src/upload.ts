// How does a file travel to the server while its progress shows?
import { token } from './net';

export type Uploaded = { id: string; name: string; type: string; size: number; url: string };

export class Refused extends Error {}

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
