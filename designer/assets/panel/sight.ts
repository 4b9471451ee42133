// How is a field kept from a role, or shown to it, in the table of fields and roles?
import { send, type Edit, type Target } from '../design/edits';

type Lists = Record<string, string[]>;

// A field stands in one of the lists of a role, or in none.
export async function keepFrom(select: HTMLSelectElement): Promise<void> {
  const { sight: role, ofField: field } = select.dataset;
  const grant = document.querySelector<HTMLElement>(`[data-grant="${CSS.escape(role ?? '')}"]`);
  if (!grant || !field) return;
  const lists = JSON.parse(grant.dataset['lists'] ?? '{}') as Lists;
  const target = JSON.parse(grant.dataset['target'] ?? '[]') as Target;
  const wanted = Object.entries(lists).map(([key, held]): [string, string[], string[]] => {
    const rest = held.filter((each) => each !== field);
    return [key, held, key === select.value ? [...rest, field] : rest];
  });
  const changed = wanted.filter(([, held, now]) => held.join() !== now.join());
  if (!changed.length) return;
  if (grant.dataset['exists'] === undefined) {
    const value = Object.fromEntries(changed.map(([key, , now]) => [key, now]));
    await send([{ op: 'set', target, value }]);
    return;
  }
  await send(changed.map(([key, , now]) => edit([...target, key], now)));
}

function edit(target: Target, now: string[]): Edit {
  return now.length ? { op: 'set', target, value: now } : { op: 'remove', target };
}
