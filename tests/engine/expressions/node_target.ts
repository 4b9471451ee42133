// Evaluates expressions as a browser would, for tests: one line of JSON in, one line out.
import { createInterface } from 'node:readline';
import * as feel from '../../../runtime/web/assets/src/expressions';

const READERS = {
  n: feel.decimal, d: feel.day, t: feel.time, m: feel.moment, D: feel.duration, M: feel.duration,
};

function decoded(coded) {
  if (!Array.isArray(coded)) return coded;
  const [kind, content] = coded;
  if (kind === 'l') return content.map(decoded);
  if (kind === 'c') {
    return Object.fromEntries(content.map(([name, entry]) => [name, decoded(entry)]));
  }
  return READERS[kind](content);
}

function encoded(value) {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return ['l', value.map(encoded)];
  if (value instanceof feel.Range) {
    const { low, high, lowClosed, highClosed, sign } = value;
    return ['r', [encoded(low), encoded(high), lowClosed, highClosed, sign]];
  }
  if (value instanceof feel.Decimal || value instanceof feel.Temporal) {
    return [value.kind, feel.show(value)];
  }
  return ['c', Object.entries(value).map(([name, entry]) => [name, encoded(entry)])];
}

// The rows come decoded: many expressions may look at the same ones.
async function outcomes(json, rows, request) {
  await feel.ready(json);
  const expression = feel.compile(json);
  return rows.map((row) => [
    encoded(expression.value(row, request)),
    expression.holds(row, request),
  ]);
}

async function answered({ jsons, rows, env }) {
  try {
    const [read, request] = [rows.map(decoded), decoded(env)];
    return await Promise.all(jsons.map((json) => outcomes(json, read, request)));
  } catch (error) {
    return { error: String(error.stack) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answered(JSON.parse(line)))}\n`);
}
