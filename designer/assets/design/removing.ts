// Is something taken away that others need? Then one hears first what goes along.
import { sure, type Told } from '../../../runtime/web/assets/src/shell/confirm';
import { toast } from '../../../runtime/web/assets/src/shell/toast';
import { word } from '../../../runtime/web/assets/src/words';
import { askBeforeRemoving, removeAlong, soToBeKept, type Missed, type Options, type Target } from './edits';

function told({ along, records, views, approvals }: Missed): Told {
  const list = [...along, ...views];
  const sentences = [
    ...(records > 0 ? [word('hasRecords', { n: records })] : []),
    ...(approvals > 0 ? [word('underWay', { n: approvals })] : []),
    ...(list.length > 0 ? [word('goesAlong', { n: list.length })] : []),
  ];
  return { sentences, list };
}

// Whether it is gone now. What nobody would miss goes without a question: it can be undone.
export async function remove(
  targets: Target[], name: string, options: Options = { chosen: null },
): Promise<boolean> {
  const missed = await soToBeKept(askBeforeRemoving(targets));
  if (missed.stuck.length > 0) {
    toast(missed.stuck.join(' '), 'red');
    return false;
  }
  const losses = told(missed);
  if (losses.sentences.length > 0 && !(await sure(word('asksToRemove', { name }), true, losses))) return false;
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
