// How do province, city and district depend on each other?
import { askJson } from '../net';
import { changed } from './changed';

type Parts = { parts: [string, string][] };

export function installRegion(place: HTMLElement): void {
  const selects = Array.from(place.querySelectorAll<HTMLSelectElement>('select'));
  const hidden = place.querySelector<HTMLInputElement>('input[type=hidden]')!;
  const detail = place.querySelector<HTMLInputElement>('[data-detail]');

  const write = () => {
    const code = selects.map((select) => select.value).filter(Boolean).pop() ?? '';
    if (!detail) hidden.value = code;
    else hidden.value = code || detail.value ? JSON.stringify({ region: code, detail: detail.value }) : '';
    changed(hidden);
  };
  selects.forEach((select, level) => {
    select.addEventListener('change', (event) => {
      event.stopPropagation();
      for (const below of selects.slice(level + 1)) clear(below);
      const below = selects[level + 1];
      if (below && select.value) void fill(below, place.dataset['source'] ?? '', select.value);
      write();
    });
  });
  detail?.addEventListener('input', (event) => {
    event.stopPropagation();
    write();
  });
}

function clear(select: HTMLSelectElement): void {
  while (select.options.length > 1) select.remove(1);
  select.disabled = true;
}

async function fill(select: HTMLSelectElement, source: string, code: string): Promise<void> {
  const { parts } = await askJson<Parts>(`${source}?of=${encodeURIComponent(code)}`);
  clear(select);
  for (const [id, name] of parts) select.add(new Option(name, id));
  select.disabled = parts.length === 0;
}
