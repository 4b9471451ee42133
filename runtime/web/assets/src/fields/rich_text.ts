// How is a text with bold, lists and links written, without any style of its own?
import { changed } from './changed';
import { word } from '../words';

const commands: Record<string, [string, string?]> = {
  bold: ['bold'],
  italic: ['italic'],
  heading: ['formatBlock', 'h3'],
  paragraph: ['formatBlock', 'p'],
  bullets: ['insertUnorderedList'],
  numbers: ['insertOrderedList'],
  cited: ['formatBlock', 'blockquote'],
  clear: ['removeFormat'],
};

export function installRichText(place: HTMLElement): void {
  const area = place.querySelector<HTMLElement>('.rich-area')!;
  const hidden = place.querySelector<HTMLTextAreaElement>('textarea')!;
  const bar = place.querySelector<HTMLElement>('[role=toolbar]')!;
  // execCommand is old but everywhere, and the server cleans what comes out of it.
  document.execCommand('styleWithCSS', false, 'false');
  document.execCommand('defaultParagraphSeparator', false, 'p');
  hidden.hidden = true;
  bar.hidden = false;
  area.hidden = false;

  const write = () => {
    hidden.value = area.textContent?.trim() || area.querySelector('img, hr') ? area.innerHTML : '';
    changed(hidden);
  };
  area.addEventListener('input', (event) => {
    event.stopPropagation();
    write();
  });
  area.addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text/plain');
    if (text === undefined) return;
    event.preventDefault();
    document.execCommand('insertText', false, text);
  });
  bar.addEventListener('pointerdown', (event) => event.preventDefault());
  bar.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-command]');
    if (!button) return;
    area.focus();
    act(button.dataset['command'] ?? '');
    write();
  });
  bar.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const buttons = Array.from(bar.querySelectorAll<HTMLElement>('button'));
    const at = buttons.indexOf(event.target as HTMLElement);
    const to = buttons[(at + (event.key === 'ArrowRight' ? 1 : -1) + buttons.length) % buttons.length];
    to?.focus();
  });
}

function act(name: string): void {
  if (name === 'link') {
    const address = window.prompt(word('linkAddress'), 'https://');
    if (address && /^(https?:|mailto:|tel:)/.test(address)) {
      document.execCommand('createLink', false, address);
    }
    return;
  }
  const [command, argument] = commands[name] ?? [];
  if (command) document.execCommand(command, false, argument);
}
