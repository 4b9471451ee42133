// What does every page do?
import { bell } from './shell/bell';
import { confirmations } from './shell/confirm';
import { dropdowns } from './shell/dropdown';
import { find } from './shell/find';
import { requests } from './shell/requests';
import { themeSwitch } from './shell/theme';
import { leaveLater, toast } from './shell/toast';
import { sheetLinks } from './shell/sheet_links';

confirmations();
requests();
dropdowns();
themeSwitch();
find();
sheetLinks();
bell();
document.documentElement.dataset['shell'] = '';
document.querySelectorAll('[data-note]').forEach(leaveLater);
document.addEventListener('toast', (event) => toast(String((event as CustomEvent).detail)));

// A page from the browser's memory may show an old state, or belong to somebody who signed out.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) window.location.reload();
});
