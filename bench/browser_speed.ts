// How long do expressions take in the browser's target, and the same written by hand?
//
// The trees come as JSON in the first argument; the answer is a line of JSON: for each name the
// nanoseconds of one evaluation, ours and by hand.
import { compile, decimal, duration, integer, day, moment, show } from '../runtime/web/assets/src/expressions';
import { add, multiply, order } from '../runtime/web/assets/src/expressions/decimals';

const row = {
  amount: decimal('612000.00'),
  stage: 'price_negotiation',
  tier: 'A',
  due_date: day('2026-01-09'),
  lines: Array.from({ length: 10 }, (_, index) => ({
    price: decimal(`${index + 1}.50`),
    qty: integer(index + 1),
  })),
};
const env = { today: day('2026-01-05'), now: moment('2026-01-05T09:00:00Z'), user: {} };
const half = decimal('500000');
const rate = decimal('0.13');
const high = decimal('0.08');
const low = decimal('0.05');
const none = integer(0);
const week = duration('P7D').count;
const DAY = 86_400_000_000n;

function total(lines) {
  if (!lines?.length) return null;
  let sum = null;
  for (const { price } of lines) {
    if (price === null || price === undefined) return null;
    sum = sum ? add(sum, price) : price;
  }
  return multiply(sum, rate);
}

const BY_HAND = {
  E1: (r) => r.amount != null && order(r.amount, half) > 0 && r.stage === 'price_negotiation',
  E2: (r) => total(r.lines),
  E3: (r) => (r.tier === 'A' ? high : low),
  E4: (r, e) => r.due_date != null && (r.due_date.count - e.today.count) * DAY <= week,
  E5: (r) => {
    for (const line of r.lines ?? []) {
      if (line.qty != null && order(line.qty, none) < 0) return true;
    }
    return false;
  },
};

// The best of many rounds: what is slower was disturbed.
function nanoseconds(evaluate, times = 10_000) {
  let best = Infinity;
  for (let round = 0; round < 40; round += 1) {
    const start = process.hrtime.bigint();
    for (let index = 0; index < times; index += 1) evaluate(row, env);
    best = Math.min(best, Number(process.hrtime.bigint() - start) / times);
  }
  return best;
}

const found = {};
for (const [name, json] of Object.entries(JSON.parse(process.argv[2]))) {
  const expression = compile(json);
  const evaluate = json.type === 'boolean' ? expression.holds : expression.value;
  const byHand = BY_HAND[name];
  if (show(evaluate(row, env)) !== show(byHand(row, env))) throw Error(`${name} differs`);
  found[name] = [nanoseconds(evaluate), nanoseconds(byHand)];
}
console.log(JSON.stringify(found));
