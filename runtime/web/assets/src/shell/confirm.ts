// Is the person sure? Asked before a form with `data-confirm` is sent.
import { word } from '../words';

// What is told under the question: sentences, and under the last of them a list.
export interface Told {
  sentences: string[];
  list: string[];
}

function more(told: Told): HTMLElement[] {
  const sentences = told.sentences.map((one) => {
    const line = document.createElement('p');
    line.textContent = one;
    return line;
  });
  const list = document.createElement('ul');
  list.className = 'sure__list';
  list.tabIndex = 0;
  list.append(
    ...told.list.map((one) => {
      const item = document.createElement('li');
      item.textContent = one;
      return item;
    }),
  );
  return told.list.length > 0 ? [...sentences, list] : sentences;
}

export function sure(question: string, danger = true, told?: Told): Promise<boolean> {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog';
  const text = document.createElement('div');
  text.className = 'dialog__body sure';
  text.id = 'sure-text';
  const asked = document.createElement('p');
  asked.textContent = question;
  if (told) asked.className = 'sure__question';
  text.append(asked, ...(told ? more(told) : []));
  const foot = document.createElement('div');
  foot.className = 'dialog__foot';
  const no = button(word('cancel'), 'btn');
  const yes = button(word('confirm'), danger ? 'btn btn--danger-solid' : 'btn btn--primary');
  foot.append(no, yes);
  const top = document.createElement('div');
  top.className = 'dialog__head';
  dialog.append(top, text, foot);
  dialog.setAttribute('aria-labelledby', 'sure-text');
  document.body.append(dialog);
  dialog.showModal();
  no.focus();
  return new Promise((settle) => {
    let answer = false;
    yes.addEventListener('click', () => {
      answer = true;
      dialog.close();
    });
    no.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => {
      dialog.remove();
      settle(answer);
    });
  });
}

function button(text: string, looks: string): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = looks;
  made.textContent = text;
  return made;
}

export function confirmations(): void {
  document.addEventListener(
    'submit',
    (event) => {
      const form = event.target as HTMLFormElement;
      const button = event.submitter;
      const question = button?.dataset['confirm'] ?? form.dataset['confirm'];
      if (!question || form.dataset['sure']) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      void sure(question).then((yes) => {
        if (!yes) return;
        form.dataset['sure'] = 'yes';
        form.requestSubmit(button instanceof HTMLButtonElement ? button : undefined);
        delete form.dataset['sure'];
      });
    },
    true,
  );
}
