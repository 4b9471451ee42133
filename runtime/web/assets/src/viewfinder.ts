// How does somebody look through the camera, whatever it is for?
import { word } from './words';

export type View = {
  dialog: HTMLDialogElement;
  video: HTMLVideoElement;
  say: (text: string) => void;
  add: (button: HTMLElement) => void;
};

export function hasCamera(): boolean {
  return Boolean(navigator.mediaDevices?.getUserMedia);
}

// Opens the view; the camera starts by itself, and stops when the view is closed.
export function look(text: string): { view: View; ready: Promise<boolean> } {
  const view = drawn(text);
  const opener = document.activeElement;
  let stream: MediaStream | undefined;
  view.dialog.addEventListener('close', () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    view.dialog.remove();
    if (opener instanceof HTMLElement) opener.focus();
  });
  document.body.append(view.dialog);
  view.dialog.showModal();
  const start = async (): Promise<boolean> => {
    if (!hasCamera()) return false;
    const wanted = { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } };
    stream = await navigator.mediaDevices.getUserMedia({ video: wanted });
    if (!view.dialog.open) {
      for (const track of stream.getTracks()) track.stop();
      return false;
    }
    view.video.srcObject = stream;
    await view.video.play();
    return true;
  };
  const ready = start().catch(() => false);
  void ready.then((seen) => {
    if (seen) return;
    view.dialog.classList.add('is-blind');
    view.say(word('noCamera'));
  });
  return { view, ready };
}

// What the camera or a picture shows now, not larger than asked for.
export function still(
  source: HTMLVideoElement | ImageBitmap,
  largest: number,
  canvas = document.createElement('canvas'),
): HTMLCanvasElement {
  const video = source instanceof HTMLVideoElement;
  const width = video ? source.videoWidth : source.width;
  const height = video ? source.videoHeight : source.height;
  const scale = Math.min(1, largest / Math.max(width, height, 1));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d', { willReadFrequently: true })!.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function drawn(text: string): View {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog viewfinder';
  const head = document.createElement('div');
  head.className = 'dialog__head';
  const title = document.createElement('h2');
  title.className = 'dialog__title';
  title.id = 'viewfinder-title';
  title.textContent = text;
  head.append(title);
  dialog.setAttribute('aria-labelledby', title.id);
  const frame = document.createElement('div');
  frame.className = 'viewfinder__frame';
  const video = document.createElement('video');
  video.setAttribute('playsinline', '');
  video.setAttribute('aria-hidden', 'true');
  video.muted = true;
  const status = document.createElement('p');
  status.className = 'viewfinder__status';
  status.setAttribute('role', 'status');
  frame.append(video, status);
  const foot = document.createElement('div');
  foot.className = 'dialog__foot';
  foot.append(button(word('cancel'), '', () => dialog.close()));
  dialog.append(head, frame, foot);
  const say = (said: string) => {
    status.textContent = said;
  };
  return { dialog, video, say, add: (one) => foot.append(one) };
}

export function button(text: string, kind: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = `btn ${kind}`.trim();
  made.textContent = text;
  made.addEventListener('click', act);
  return made;
}
