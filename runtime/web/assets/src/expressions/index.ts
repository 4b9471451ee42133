// Expressions in the browser: what do pages need of them?
export { compile, type Expression, type Shipped } from './compile';
export { decimal } from './decimals';
export { day, duration, moment, time } from './reading';
export { ready } from './ready';
export { equal as same } from './comparing';
export { show } from './showing';
export {
  Decimal, Range, Temporal, integer,
  type Context, type Env, type Kind, type Value,
} from './values';
