// With what are things carried about a page? (The designer's modules find no packages themselves.)
export { default as Sortable } from 'sortablejs';
