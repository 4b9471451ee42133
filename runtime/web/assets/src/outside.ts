// What do the pages around public forms do: count looks, and print codes?
//
// Looks are counted by the page itself: programs that follow
// links to show what is behind them do not run it.
const page = document.querySelector<HTMLElement>('[data-opened]');
const place = page?.dataset['opened'];
document.addEventListener('click', (event) => {
  if ((event.target as Element).closest('[data-print]')) window.print();
});
if (place) void fetch(place, { method: 'POST', keepalive: true }).catch(() => undefined);
