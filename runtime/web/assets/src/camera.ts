// How is a bar code or QR code read by the camera, where the browser can?
import { changed } from './fields/changed';
import { word } from './words';

type Found = { rawValue: string };
type Detector = { detect(source: CanvasImageSource): Promise<Found[]> };
type DetectorClass = { new (options?: { formats?: string[] }): Detector };

export function installScan(place: HTMLElement): void {
  const button = place.querySelector<HTMLButtonElement>('[data-scan]');
  const detector = (window as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (!button || !detector || !navigator.mediaDevices) return;
  button.hidden = false;
  button.addEventListener('click', () => void scan(place, new detector()));
}

async function scan(place: HTMLElement, detector: Detector): Promise<void> {
  const input = place.querySelector<HTMLInputElement>('input')!;
  const stream = await navigator.mediaDevices
    .getUserMedia({ video: { facingMode: 'environment' } })
    .catch(() => undefined);
  if (!stream) {
    input.focus();
    return;
  }
  const { dialog, video } = viewfinder();
  video.srcObject = stream;
  await video.play();
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
    dialog.remove();
    input.focus();
  };
  dialog.addEventListener('close', stop);
  const look = async (): Promise<void> => {
    if (!dialog.open) return;
    const [found] = await detector.detect(video).catch(() => []);
    if (found) {
      input.value = found.rawValue;
      changed(input);
      dialog.close();
      return;
    }
    requestAnimationFrame(() => void look());
  };
  void look();
}

function viewfinder(): { dialog: HTMLDialogElement; video: HTMLVideoElement } {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog viewfinder';
  const title = document.createElement('h2');
  title.textContent = word('scanTitle');
  const video = document.createElement('video');
  video.setAttribute('playsinline', '');
  video.muted = true;
  const cancel = document.createElement('button');
  cancel.type = 'button';
  cancel.className = 'btn';
  cancel.textContent = word('cancel');
  cancel.addEventListener('click', () => dialog.close());
  dialog.append(title, video, cancel);
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, video };
}
