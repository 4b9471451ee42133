// How do menus open, close and follow the keyboard?
//
// <div data-dropdown><button aria-expanded="false">…</button><div class="dropdown__menu" hidden>…

function menuOf(box: Element): HTMLElement | null {
  return box.querySelector<HTMLElement>('.dropdown__menu');
}

function buttonOf(box: Element): HTMLButtonElement | null {
  return box.querySelector<HTMLButtonElement>('button[aria-expanded]');
}

function itemsOf(menu: Element): HTMLElement[] {
  const items = menu.querySelectorAll<HTMLElement>('.dropdown__item, input, select');
  return Array.from(items).filter((item) => item.offsetParent !== null);
}

function close(box: Element, refocus = false): void {
  const menu = menuOf(box);
  if (!menu || menu.hidden) return;
  menu.hidden = true;
  menu.classList.remove('dropdown__menu--fixed');
  buttonOf(box)?.setAttribute('aria-expanded', 'false');
  if (refocus) buttonOf(box)?.focus();
}

export function closeAll(except?: Element | null): void {
  for (const box of document.querySelectorAll('[data-dropdown]')) {
    if (box !== except) close(box);
  }
}

function open(box: Element): void {
  const menu = menuOf(box);
  const button = buttonOf(box);
  if (!menu || !button) return;
  closeAll(box);
  menu.hidden = false;
  button.setAttribute('aria-expanded', 'true');
  place(box, menu);
  const chosen = menu.querySelector<HTMLElement>('[autofocus]') ?? itemsOf(menu)[0];
  chosen?.focus({ preventScroll: true });
}

// A menu inside something that scrolls would be cut off: it is placed on the window instead.
function place(box: Element, menu: HTMLElement): void {
  const around = box.getBoundingClientRect();
  if (box.closest('.table-scroll, .board, .dialog, .tools__chips')) {
    menu.classList.add('dropdown__menu--fixed');
    const room = window.innerHeight - around.bottom;
    const top = room < menu.offsetHeight + 12 ? around.top - menu.offsetHeight - 4 : around.bottom + 4;
    const end = menu.classList.contains('dropdown__menu--end');
    const left = end ? around.right - menu.offsetWidth : around.left;
    menu.style.top = `${Math.max(8, top)}px`;
    menu.style.left = `${Math.max(8, left)}px`;
    menu.style.right = 'auto';
    return;
  }
  const overlap = menu.getBoundingClientRect();
  if (overlap.right > window.innerWidth - 8) menu.classList.add('dropdown__menu--end');
  if (overlap.left < 8) menu.classList.remove('dropdown__menu--end');
}

function step(menu: Element, by: number): void {
  const items = itemsOf(menu);
  const now = items.indexOf(document.activeElement as HTMLElement);
  items[(now + by + items.length) % items.length]?.focus();
}

function onKey(event: KeyboardEvent): void {
  const box = event.target instanceof Element ? event.target.closest('[data-dropdown]') : null;
  const menu = box && menuOf(box);
  if (!box || !menu) return;
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (event.key === 'Escape' && !menu.hidden) {
    event.preventDefault();
    close(box, true);
  } else if (event.key === 'Tab' && !menu.querySelector('form')) {
    close(box);
  } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !typing) {
    event.preventDefault();
    if (menu.hidden) open(box);
    else step(menu, event.key === 'ArrowDown' ? 1 : -1);
  }
}

export function dropdowns(): void {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const box = target?.closest('[data-dropdown]') ?? null;
    const button = box && buttonOf(box);
    if (box && button && target && button.contains(target)) {
      if (button.getAttribute('aria-expanded') === 'true') close(box);
      else open(box);
      return;
    }
    closeAll(box);
    if (box && target?.closest('.dropdown__item') && !target.closest('[data-stay]')) close(box);
  });
  document.addEventListener('keydown', onKey);
  window.addEventListener('resize', () => closeAll());
  document.addEventListener('scroll', (event) => {
    if (event.target instanceof Element && event.target.closest('.dropdown__menu')) return;
    for (const menu of document.querySelectorAll('.dropdown__menu--fixed')) {
      const box = menu.closest('[data-dropdown]');
      if (box) close(box);
    }
  }, true);
}
