// What of the canvas must change place, come or go after an edit: one's own, undone, or another's?
import { itemsIn, nameOf, readdress } from './items';

type Parts = Record<string, string>;

// The server says in which order things stand; what is not there yet comes from its parts.
export function settle(parts: Parts): void {
  const orders = Object.keys(parts)
    .filter((id) => id.startsWith('order-'))
    .map((id) => document.getElementById(id))
    .filter((order) => order !== null);
  // Groups come before the fields that are put into them.
  orders.sort((one, other) => Number(isOfSections(other)) - Number(isOfSections(one)));
  for (const shadow of document.querySelectorAll('.is-new')) {
    const item = made(parts[shadow.id]);
    if (item) shadow.replaceWith(item);
  }
  for (const order of orders) arrange(order, parts);
  for (const order of orders) sweep(order);
}

function isOfSections(order: HTMLElement): boolean {
  return order.id.startsWith('order-of-sections-');
}

function names(order: HTMLElement): string[] {
  return (order.dataset['order'] ?? '').split(' ').filter(Boolean);
}

function listOfOrder(order: HTMLElement): HTMLElement | null {
  return document.getElementById(order.dataset['into'] ?? '');
}

function arrange(order: HTMLElement, parts: Parts): void {
  const list = listOfOrder(order);
  if (!list) return;
  const prefix = isOfSections(order) ? 'section-' : 'at-';
  let spot = list.firstElementChild;
  for (const name of names(order)) {
    const id = `${prefix}${name}`;
    const item = document.getElementById(id) ?? made(parts[id]);
    if (!item) continue;
    if (item === spot) {
      spot = spot.nextElementSibling;
      continue;
    }
    list.insertBefore(item, spot);
    readdress(item);
  }
}

function sweep(order: HTMLElement): void {
  const list = listOfOrder(order);
  const known = new Set(names(order));
  for (const item of list ? itemsIn(list) : []) if (!known.has(nameOf(item))) item.remove();
}

function made(html: string | undefined): HTMLElement | null {
  if (!html) return null;
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const found = parsed.body.firstElementChild as HTMLElement | null;
  return found && document.adoptNode(found);
}
