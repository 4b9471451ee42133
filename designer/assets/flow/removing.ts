// Is something taken away that others need? Then one hears first what goes along.
import { sure } from '../../../runtime/web/assets/src/shell/confirm';
import { toast } from '../../../runtime/web/assets/src/shell/toast';
import { word } from '../../../runtime/web/assets/src/words';
import { askBeforeRemoving, removeAlong, type Missed, type Target } from '../design/edits';

const MOST_NAMED = 6;

function told({ along, views, approvals }: Missed): string[] {
  const things = [...along, ...views];
  const named = things.slice(0, MOST_NAMED).join('；');
  const rest = things.length > MOST_NAMED ? ' …' : '';
  return [
    ...(things.length > 0 ? [word('goesAlong', { things: `${named}${rest}` })] : []),
    ...(approvals > 0 ? [word('underWay', { n: approvals })] : []),
  ];
}

export async function remove(target: Target, name: string): Promise<boolean> {
  const missed = await askBeforeRemoving([target]);
  if (missed.stuck.length > 0) {
    toast(missed.stuck.join(' '), 'red');
    return false;
  }
  const losses = told(missed);
  const question = [word('asksToRemove', { name }), ...losses].join(' ');
  if (losses.length > 0 && !(await sure(question))) return false;
  return (await removeAlong([target], { chosen: null })).rev > 0;
}
