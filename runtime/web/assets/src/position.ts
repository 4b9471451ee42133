// Where is the person now, and how far is that from where the record is?
import { changed } from './fields/changed';
import { word } from './words';

type Here = { latitude: string; longitude: string; accuracy: string };

export function whereAmI(): Promise<Here> {
  return new Promise((resolve, reject) => {
    if (!navigator.geolocation) {
      reject(new Error(word('noPosition')));
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({
          latitude: coords.latitude.toFixed(6),
          longitude: coords.longitude.toFixed(6),
          accuracy: Math.round(coords.accuracy).toString(),
        }),
      (error) => reject(new Error(word(error.code === 1 ? 'positionDenied' : 'noPosition'))),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 },
    );
  });
}

// Metres between two places, on a sphere: exact enough for "are you at the gate?".
export function metres(one: [number, number], other: [number, number]): number {
  const [a, b] = [one, other].map(([latitude, longitude]) => [radians(latitude), radians(longitude)]);
  const [fromLatitude, fromLongitude] = a as [number, number];
  const [toLatitude, toLongitude] = b as [number, number];
  const half =
    Math.sin((toLatitude - fromLatitude) / 2) ** 2 +
    Math.cos(fromLatitude) * Math.cos(toLatitude) * Math.sin((toLongitude - fromLongitude) / 2) ** 2;
  return 2 * 6_371_008 * Math.asin(Math.sqrt(half));
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;

export function installPosition(place: HTMLElement): void {
  const hidden = place.querySelector<HTMLInputElement>('input[type=hidden]')!;
  const label = place.querySelector<HTMLInputElement>('[data-geo-label]');
  const parts = ['latitude', 'longitude'].map((part) =>
    place.querySelector<HTMLInputElement>(`[data-geo-${part}]`),
  );

  const write = () => {
    const [latitude, longitude] = parts.map((part) => part?.value.trim() ?? '');
    hidden.value =
      latitude || longitude
        ? JSON.stringify({
            latitude,
            longitude,
            ...(label?.value ? { label: label.value } : {}),
            ...kept(hidden.value, latitude, longitude),
          })
        : '';
    changed(hidden);
  };
  place.querySelector('[data-locate]')?.addEventListener('click', () => void locate(place));
  for (const input of [...parts, label]) {
    input?.addEventListener('input', (event) => {
      event.stopPropagation();
      write();
    });
  }
}

// How exact the device was still holds after the place got a name, not after it was moved.
function kept(text: string, latitude?: string, longitude?: string): { accuracy?: string } {
  const before = text ? (JSON.parse(text) as Partial<Here>) : {};
  const same = before.latitude === latitude && before.longitude === longitude;
  return same && before.accuracy ? { accuracy: before.accuracy } : {};
}

// Puts the position of this moment into the inputs; says why where there is none.
export async function locate(place: HTMLElement): Promise<void> {
  const hidden = place.querySelector<HTMLInputElement>('input[type=hidden]')!;
  const status = place.querySelector<HTMLElement>('.geo-status')!;
  hidden.value = '';
  status.textContent = word('locating');
  try {
    const here = await whereAmI();
    const label = place.querySelector<HTMLInputElement>('[data-geo-label]')?.value;
    for (const part of ['latitude', 'longitude'] as const) {
      const input = place.querySelector<HTMLInputElement>(`[data-geo-${part}]`);
      if (input) input.value = here[part];
    }
    hidden.value = JSON.stringify(label ? { ...here, label } : here);
    status.textContent = said(here, place.dataset['near']);
    changed(hidden);
  } catch (error) {
    status.textContent = (error as Error).message;
  }
}

function said(here: Here, near: string | undefined): string {
  const exact = word('located', { accuracy: here.accuracy });
  const [latitude, longitude] = (near ?? '').split(',').map(Number);
  if (!near || latitude === undefined || longitude === undefined) return exact;
  const away = metres([Number(here.latitude), Number(here.longitude)], [latitude, longitude]);
  const distance = away < 1000 ? `${Math.round(away)} m` : `${(away / 1000).toFixed(1)} km`;
  return `${exact} · ${word('distance', { distance })}`;
}
