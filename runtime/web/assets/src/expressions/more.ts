// Which built-in functions do few expressions need?
import { CONTEXTS } from './builtins/contexts';
import { number } from './builtins/number';
import { PATTERNS } from './builtins/patterns';
import { PERIODS } from './builtins/periods';
import { POSITIONS } from './builtins/positions';
import { RANGES } from './builtins/ranges';
import { STATISTICS } from './builtins/statistics';
import { BUILTINS } from './calls';

Object.assign(BUILTINS, {
  ...CONTEXTS, number, ...PATTERNS, ...PERIODS, ...POSITIONS, ...RANGES, ...STATISTICS,
});
