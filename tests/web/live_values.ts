// Reads and shows values as a form page would, for tests: one line of JSON in, one line out.
import { createInterface } from 'node:readline';
import { show as written } from '../../runtime/web/assets/src/expressions';
import { read } from '../../runtime/web/assets/src/live/reading';
import { unwired } from '../../runtime/web/assets/src/live/shipped';
import { fitted, kept, shown, typedAs } from '../../runtime/web/assets/src/live/showing';

const acts = {
  // The value that texts stand for, as the language writes it, and what stands in the input for it.
  read: ({ spec, texts }) => {
    const value = read(spec, texts);
    return value === undefined ? { asked: true } : { value: value === null ? null : written(value) };
  },
  shown: ({ spec, value, locale }) => ({ text: shown(spec, kept(spec, unwired(value)), locale) }),
  fitted: ({ spec, value }) => ({ text: typedAs(spec, fitted(spec, unwired(value))) }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const questions = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(questions.map((each) => acts[each.act](each)))}\n`);
}
