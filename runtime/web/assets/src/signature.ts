// How does somebody sign with a finger, a pen or a mouse?
import SignaturePad from 'signature_pad';
import { changed } from './fields/changed';
import { upload } from './upload';
import { word } from './words';

export function installSignature(place: HTMLElement): void {
  const canvas = place.querySelector('canvas')!;
  const hidden = place.querySelector<HTMLInputElement>('input[type=hidden]')!;
  const status = place.querySelector<HTMLElement>('[role=status]')!;
  // Signatures are kept dark on white, whatever the theme: they go on paper later.
  const pad = new SignaturePad(canvas, { penColor: '#12204a', backgroundColor: '#ffffff' });

  const fit = () => {
    const ratio = Math.max(window.devicePixelRatio || 1, 1);
    const strokes = pad.toData();
    canvas.width = canvas.offsetWidth * ratio;
    canvas.height = canvas.offsetHeight * ratio;
    canvas.getContext('2d')!.scale(ratio, ratio);
    pad.clear();
    pad.fromData(strokes);
  };
  fit();
  window.addEventListener('resize', fit);

  const keep = () =>
    canvas.toBlob((blob) => {
      if (!blob) return;
      place.dataset['uploading'] = 'yes';
      const file = new File([blob], `${word('signature')}.png`, { type: 'image/png' });
      const fields = Object.fromEntries(
        ['app', 'form', 'record', 'field', 'item'].map((name) => [name, place.dataset[name] ?? '']),
      );
      upload(place.dataset['url'] ?? '/files', file, fields, () => undefined).done.then(
        (stored) => {
          delete place.dataset['uploading'];
          hidden.value = stored.id;
          status.textContent = word('signed');
          changed(hidden);
        },
        () => {
          delete place.dataset['uploading'];
          status.textContent = word('uploadFailed');
        },
      );
    }, 'image/png');
  pad.addEventListener('endStroke', keep);
  place.querySelector('[data-clear]')?.addEventListener('click', () => {
    pad.clear();
    hidden.value = '';
    status.textContent = '';
    place.querySelector('.signature-kept')?.remove();
    canvas.hidden = false;
    fit();
    changed(hidden);
  });
}
