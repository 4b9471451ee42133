// How is a photo taken on the page itself, where the device opens no camera of its own?
import { button, look, still } from './viewfinder';
import { word } from './words';

const LARGEST = 2560;

export function takePhoto(): Promise<File | undefined> {
  const { view, ready } = look(word('takePhoto'));
  return new Promise((resolve) => {
    const shutter = button(word('takePhoto'), 'btn--primary', () => {
      still(view.video, LARGEST).toBlob(
        (blob) => {
          resolve(blob ? new File([blob], nameOf(new Date()), { type: 'image/jpeg' }) : undefined);
          view.dialog.close();
        },
        'image/jpeg',
        0.9,
      );
    });
    shutter.disabled = true;
    view.add(shutter);
    view.dialog.addEventListener('close', () => {
      // A photo that is being kept resolves first.
      window.setTimeout(() => resolve(undefined), 0);
    });
    void ready.then((seen) => {
      shutter.disabled = !seen;
      if (seen) shutter.focus();
    });
  });
}

function nameOf(moment: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${moment.getFullYear()}${two(moment.getMonth() + 1)}${two(moment.getDate())}`;
  const time = `${two(moment.getHours())}${two(moment.getMinutes())}${two(moment.getSeconds())}`;
  return `${word('photo')}-${day}-${time}.jpg`;
}
