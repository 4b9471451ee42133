// With what are things carried about a page? (The designer's modules find no packages themselves.)
export { default as Sortable } from 'sortablejs';

// The browser's own dragging knows no touch; a finger that only scrolls picks nothing up.
export const BY_HAND = {
  forceFallback: true,
  fallbackOnBody: true,
  fallbackTolerance: 5,
  delay: 220,
  delayOnTouchOnly: true,
  touchStartThreshold: 6,
  animation: 140,
} as const;
