// Is something taken away that others need? Then one hears first what goes along.
import { sure } from '../../../runtime/web/assets/src/shell/confirm';
import { toast } from '../../../runtime/web/assets/src/shell/toast';
import { word } from '../../../runtime/web/assets/src/words';
import { askBeforeRemoving, removeAlong, type Missed, type Options, type Target } from './edits';

const MOST_NAMED = 6;

function told({ along, records, views, approvals }: Missed): string[] {
  const things = [...along, ...views];
  const named = things.slice(0, MOST_NAMED).join('；');
  const rest = things.length > MOST_NAMED ? ' …' : '';
  return [
    ...(records > 0 ? [word('hasRecords', { n: records })] : []),
    ...(things.length > 0 ? [word('goesAlong', { things: `${named}${rest}` })] : []),
    ...(approvals > 0 ? [word('underWay', { n: approvals })] : []),
  ];
}

// Whether it is gone now. What nobody would miss goes without a question: it can be undone.
export async function remove(
  targets: Target[], name: string, options: Options = { chosen: null },
): Promise<boolean> {
  const missed = await askBeforeRemoving(targets);
  if (missed.stuck.length > 0) {
    toast(missed.stuck.join(' '), 'red');
    return false;
  }
  const losses = told(missed);
  const question = [word('asksToRemove', { name }), ...losses].join(' ');
  if (losses.length > 0 && !(await sure(question))) return false;
  return (await removeAlong(targets, options)).rev > 0;
}

// What is removed as a whole takes its page along: `data-go` says where to go then.
async function removeWhole(button: HTMLElement): Promise<void> {
  const target = JSON.parse(button.dataset['removeThing'] ?? '[]') as Target;
  const gone = await remove([target], button.dataset['name'] ?? '');
  if (gone && button.dataset['go']) window.location.assign(button.dataset['go']);
}

export function listenToRemoving(): void {
  document.addEventListener('click', (event) => {
    const button = (event.target as Element | null)?.closest?.<HTMLElement>('[data-remove-thing]');
    if (button) void removeWhole(button);
  });
}
