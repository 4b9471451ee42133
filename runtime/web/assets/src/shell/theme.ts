// Is it light or dark here, and how does that change?
import { ask } from '../net';

function dark(): boolean {
  const chosen = document.documentElement.dataset['theme'];
  if (chosen === 'dark' || chosen === 'light') return chosen === 'dark';
  return window.matchMedia('(prefers-color-scheme: dark)').matches;
}

export function themeSwitch(): void {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target?.closest('[data-theme-switch]')) return;
    const theme = dark() ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = theme;
    void ask('/theme', { method: 'POST', body: new URLSearchParams({ theme }) });
  });
}
