// How does a small menu open beside the button that asks for it?
let opened: { menu: HTMLElement; opener: HTMLElement } | null = null;

function items(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
}

export function openMenu(opener: HTMLElement): void {
  const again = opened?.opener === opener;
  closeMenu(false);
  const menu = document.getElementById(opener.dataset['menu'] ?? '');
  if (again || !menu) return;
  opener.after(menu);
  menu.hidden = false;
  opener.setAttribute('aria-expanded', 'true');
  opened = { menu, opener };
  menu.classList.toggle('is-above', opener.getBoundingClientRect().bottom + menu.offsetHeight > window.innerHeight);
  items(menu)[0]?.focus({ preventScroll: true });
}

// Answers from which button the menu was opened.
export function closeMenu(used: boolean): HTMLElement | null {
  if (!opened) return null;
  const { menu, opener } = opened;
  opened = null;
  menu.hidden = true;
  opener.setAttribute('aria-expanded', 'false');
  if (used) opener.focus({ preventScroll: true });
  return opener;
}

export function keyInMenu(event: KeyboardEvent): void {
  if (!opened) return;
  const all = items(opened.menu);
  const at = all.indexOf(document.activeElement as HTMLElement);
  if (event.key === 'Escape' || event.key === 'Tab') closeMenu(true);
  else if (event.key === 'ArrowDown') all[(at + 1) % all.length]?.focus();
  else if (event.key === 'ArrowUp') all[(at + all.length - 1) % all.length]?.focus();
  else if (event.key === 'Home') all[0]?.focus();
  else if (event.key === 'End') all.at(-1)?.focus();
  else return;
  event.preventDefault();
}
