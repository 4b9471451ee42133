// How is a bar code or QR code read: by the camera, or from a picture of it?
import { changed } from './fields/changed';
import { button, look, still } from './viewfinder';
import { word } from './words';

type Read = (canvas: HTMLCanvasElement) => Promise<string | undefined>;
type Found = { rawValue: string };
type DetectorClass = {
  new (): { detect(source: CanvasImageSource): Promise<Found[]> };
  getSupportedFormats(): Promise<string[]>;
};

const OF_CAMERA = 1280;
const OF_PICTURE = 2000;
const PAUSE = 120;

export function installScan(place: HTMLElement): void {
  const opener = place.querySelector<HTMLButtonElement>('[data-scan]');
  const input = place.querySelector<HTMLInputElement>('input');
  if (!opener || !input) return;
  opener.hidden = false;
  opener.addEventListener('click', () => scan(input));
}

function scan(input: HTMLInputElement): void {
  const { view, ready } = look(word('scanTitle'));
  view.dialog.classList.add('viewfinder--scan');
  const reading = reader();
  const take = (code: string) => {
    input.value = code;
    navigator.vibrate?.(60);
    view.dialog.addEventListener('close', () => input.focus());
    view.dialog.close();
    changed(input);
  };
  const picture = document.createElement('input');
  Object.assign(picture, { type: 'file', accept: 'image/*', hidden: true });
  picture.addEventListener('change', () => {
    const [file] = Array.from(picture.files ?? []);
    if (file) void ofPicture(file).then((code) => (code ? take(code) : view.say(word('noCode'))));
  });
  const ofPicture = async (file: File): Promise<string | undefined> => {
    const bitmap = await createImageBitmap(file).catch(() => undefined);
    return bitmap && (await reading)(still(bitmap, OF_PICTURE));
  };
  view.add(picture);
  view.add(button(word('scanPicture'), '', () => picture.click()));
  const canvas = document.createElement('canvas');
  const watch = async (): Promise<void> => {
    if (!view.dialog.open) return;
    const code = await (await reading)(still(view.video, OF_CAMERA, canvas));
    if (!view.dialog.open) return;
    if (code) take(code);
    else window.setTimeout(() => void watch(), PAUSE);
  };
  void ready.then((seen) => (seen ? watch() : undefined));
}

// The browser's own reader where it has one (Android), else ours.
async function reader(): Promise<Read> {
  const Detector = (window as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const known = await Detector?.getSupportedFormats().catch(() => []);
  if (Detector && known?.length) {
    const detector = new Detector();
    return async (canvas) => (await detector.detect(canvas).catch(() => []))[0]?.rawValue;
  }
  const { read } = await import('./codes');
  return async (canvas) => read(canvas);
}
