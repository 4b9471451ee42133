// How does somebody sign with a finger, a pen or a mouse?
import SignaturePad, { type PointGroup } from 'signature_pad';
import { changed } from './fields/changed';
import { Refused, along, onceAgreed, upload } from './upload';
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

  // Only the last stroke counts: what was on its way when it was drawn, or wiped out, is too late.
  let turn = 0;

  const keep = () => {
    const mine = (turn += 1);
    const ended = (id: string, said: string) => {
      if (mine !== turn) return;
      delete place.dataset['uploading'];
      hidden.value = id;
      status.textContent = said;
      changed(hidden);
    };
    place.dataset['uploading'] = 'yes';
    inked(canvas, pad.toData()).toBlob((blob) => {
      if (!blob) return ended('', word('uploadFailed'));
      const file = new File([blob], `${word('signature')}.png`, { type: 'image/png' });
      upload(place.dataset['url'] ?? '/files', file, along(place), () => undefined).done.then(
        (stored) => ended(stored.id, word('signed')),
        (error: unknown) => {
          ended('', (error instanceof Refused && error.message) || word('uploadFailed'));
          onceAgreed(place, () => {
            if (mine === turn && canvas.isConnected && !pad.isEmpty() && !hidden.value) keep();
          });
        },
      );
    }, 'image/png');
  };
  pad.addEventListener('endStroke', keep);
  const again = place.querySelector<HTMLElement>('[data-clear]')!;
  again.hidden = false;
  again.addEventListener('click', () => {
    pad.clear();
    turn += 1;
    delete place.dataset['uploading'];
    hidden.value = '';
    status.textContent = '';
    place.querySelector('.signature-kept')?.remove();
    canvas.hidden = false;
    fit();
    changed(hidden);
  });
}

const ROOM = 16;

// What is kept is the signature and a little room around it, not the empty field.
function inked(canvas: HTMLCanvasElement, strokes: PointGroup[]): HTMLCanvasElement {
  const points = strokes.flatMap((stroke) => stroke.points);
  const scale = canvas.width / canvas.offsetWidth;
  const between = (along: number[], end: number): [number, number] => [
    Math.max(0, Math.floor((Math.min(...along) - ROOM) * scale)),
    Math.min(end, Math.ceil((Math.max(...along) + ROOM) * scale)),
  ];
  const [left, right] = between(points.map(({ x }) => x), canvas.width);
  const [top, bottom] = between(points.map(({ y }) => y), canvas.height);
  const cut = document.createElement('canvas');
  cut.width = Math.max(1, right - left);
  cut.height = Math.max(1, bottom - top);
  cut.getContext('2d')!.drawImage(canvas, -left, -top);
  return cut;
}
