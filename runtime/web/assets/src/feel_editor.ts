// How is an expression written: with what can stand there offered, and mistakes shown in place?
//
// <div data-enhance="feel" data-check="address" data-words="address"> holds a text area, a layer for
// underlines, a line for the meaning in words, a list for problems and a template for one of them.
// The check answers {told, problems: [{start, end, message, suggestion}], …} to a posted `feel`.
import { Completion } from './feel/completion';
import { underline } from './feel/marks';
import { askJson, later } from './net';

type Problem = { start: number; end: number; message: string; suggestion: string | null };
export type Checked = { told: string; problems: Problem[] };

export function installFeel(place: HTMLElement): void {
  new Editor(place);
}

class Editor {
  private readonly text: HTMLTextAreaElement;
  private readonly layer: HTMLElement;
  private readonly list: HTMLElement;
  private readonly completion: Completion;
  private problems: Problem[] = [];
  private asked = 0;

  constructor(private readonly place: HTMLElement) {
    this.text = place.querySelector('textarea')!;
    this.layer = place.querySelector('[data-marks]')!;
    this.list = place.querySelector('[data-problems]')!;
    const { words = '', offers = '' } = place.dataset;
    this.completion = new Completion(this.text, this.layer, words, offers);
    this.completion.closed = () => this.draw(this.problems, true);
    const check = later(250, () => void this.check());
    this.text.addEventListener('input', () => {
      this.asked += 1;
      this.draw([]);
      check();
    });
    this.text.addEventListener('scroll', () => this.follow());
    this.list.addEventListener('click', (event) => this.clicked(event));
    // The first paint shows the mistakes that the server found.
    this.draw(JSON.parse(place.dataset['found'] ?? '[]') as Problem[], true);
    if (this.text.value) void this.check();
  }

  private async check(): Promise<void> {
    const asked = (this.asked += 1);
    const body = new URLSearchParams({ mode: 'feel', feel: this.text.value });
    const url = this.place.dataset['check'] ?? '';
    const answer = await askJson<Checked>(url, { method: 'POST', body }).catch(() => null);
    if (asked !== this.asked || !answer) return;
    this.draw(answer.problems, true);
    this.place.querySelector('[data-told]')!.textContent = answer.told;
    this.place.dispatchEvent(new CustomEvent('feel:checked', { detail: answer, bubbles: true }));
  }

  // While somebody types the underlines stay away: they would stand at the wrong letters.
  private draw(problems: Problem[], listed = false): void {
    this.problems = problems;
    // What is being completed is not wrong yet.
    const told = problems.filter(({ start, end }) => !this.completion.covers(start, end));
    underline(this.layer, this.text.value, told);
    this.follow();
    if (!listed) return;
    this.text.setAttribute('aria-invalid', String(told.length > 0));
    this.list.replaceChildren(...told.map((problem) => this.item(problem)));
    this.completion.follow();
  }

  private item(problem: Problem): HTMLElement {
    const index = this.problems.indexOf(problem);
    const template = this.place.querySelector<HTMLTemplateElement>('template[data-problem]')!;
    const item = template.content.firstElementChild!.cloneNode(true) as HTMLElement;
    const message = item.querySelector<HTMLElement>('[data-goto]')!;
    message.textContent = problem.message;
    message.dataset['goto'] = String(index);
    const apply = item.querySelector<HTMLElement>('[data-apply]')!;
    apply.hidden = problem.suggestion === null;
    apply.dataset['apply'] = String(index);
    apply.querySelector('code')!.textContent = problem.suggestion;
    return item;
  }

  private clicked(event: Event): void {
    const target = event.target as Element;
    const goto = target.closest<HTMLElement>('[data-goto]')?.dataset['goto'];
    const apply = target.closest<HTMLElement>('[data-apply]')?.dataset['apply'];
    const problem = this.problems[Number(goto ?? apply)];
    if (!problem) return;
    this.text.focus();
    if (goto !== undefined) this.text.setSelectionRange(problem.start, problem.end);
    else if (problem.suggestion !== null) {
      this.text.setRangeText(problem.suggestion, problem.start, problem.end, 'end');
      this.text.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }

  private follow(): void {
    this.layer.scrollTop = this.text.scrollTop;
  }
}
