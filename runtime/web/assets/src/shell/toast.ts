// How does the page say briefly what came of something?

const STAY = 6000;

export function toast(text: string, tone: 'green' | 'red' | 'grey' = 'green'): void {
  const place = document.getElementById('toasts');
  if (!place) return;
  const note = document.createElement('div');
  note.className = `toast tone-${tone}`;
  note.textContent = text;
  place.append(note);
  leaveLater(note);
}

export function leaveLater(note: Element): void {
  window.setTimeout(() => note.remove(), STAY);
}

export function announce(text: string): void {
  const place = document.getElementById('announcer');
  if (!place) return;
  place.textContent = '';
  window.setTimeout(() => (place.textContent = text), 30);
}
