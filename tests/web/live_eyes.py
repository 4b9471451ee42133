"""Does what a page worked out by itself say the same as the server's answer?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

DIFFERENCES = """async () => {
  const form = document.querySelector('form[data-form]');
  const body = new FormData();
  for (const [name, value] of new FormData(form))
    if (typeof value === 'string') body.append(name, value);
  const headers = {'X-Panel': '1', 'X-CSRFToken': body.get('csrf_token')};
  const answer = await (await fetch(form.dataset.live, {method: 'POST', body, headers})).json();
  const found = [];
  const differ = (what, ours, theirs) => {
    if (ours !== theirs) found.push(`${what}: browser ${ours}, server ${theirs}`);
  };
  const inside = (field, selector) => field.querySelector(`:scope > ${selector}`);
  const look = (field, name, state) => {
    const cell = field.classList.contains('line-cell');
    const off = cell ? field.classList.contains('is-off') : field.hidden;
    differ(`${name} visible`, !off, state.visible);
    const mark = field.querySelector('.required-mark');
    if (mark) differ(`${name} required`, !mark.hidden, state.required);
    const said = field.querySelector('[aria-required]');
    if (said?.closest('[data-field]') === field)
      differ(`${name} aria`, said.getAttribute('aria-required'), String(state.required));
    const need = inside(field, '[data-need]');
    if (need) differ(`${name} lacking`, !need.hidden, state.lacking);
    const edit = inside(field, '.field-edit'), shown = inside(field, '.field-shown');
    if (edit && shown) differ(`${name} readonly`, edit.disabled, state.readonly);
    const seen = shown && (!edit || edit.disabled);
    if (seen && state.shown !== undefined) {
      const drawn = document.createElement('div');
      drawn.innerHTML = state.shown;
      differ(`${name} shown`, shown.innerHTML, drawn.innerHTML);
    }
  };
  for (const [name, state] of Object.entries(answer.fields)) {
    const field = form.querySelector(`.field[data-field="${name}"]`);
    if (field) look(field, name, state);
  }
  for (const [name, state] of Object.entries(answer.cells)) {
    const field = form.querySelector(`.line-cell[data-field="${name}"]`);
    // How the rows of a sub-table that is not shown behave, nobody asks.
    if (!answer.fields[name.split('-')[0]].visible) continue;
    if (field) look(field, name, state);
    else found.push(`${name}: no such cell`);
  }
  for (const [id, visible] of Object.entries(answer.sections)) {
    const section = form.querySelector(`[data-section="${id}"]`);
    if (section) differ(`section ${id}`, !section.hidden, visible);
  }
  for (const [line, totals] of Object.entries(answer.totals)) {
    const list = form.querySelector(`[data-totals="${line}"]`);
    const ours = [...list.querySelectorAll('dd')].map((one) => one.textContent);
    differ(`totals ${line}`, ours.join('|'), totals.map(([, text]) => text).join('|'));
  }
  for (const [name, text] of Object.entries(answer.defaults)) {
    const input = form.elements.namedItem(name);
    const box = input?.type === 'checkbox' ? String(input.checked) : undefined;
    differ(`${name} default`, box ?? input?.value, text);
  }
  return found;
}"""


def differences(page: Page) -> list[str]:
    """Ask the server about the form as it stands, and return where the page says otherwise."""
    return [str(each) for each in page.evaluate(DIFFERENCES)]
