export { byLargest } from './largest';
export { byCursor, byLink } from './next';
export { byOffset, byPage } from './numbered';
export type { Caution, IdOf, Page, Pager, PageSource } from './page';
export { byPageOrLink } from './pageOrLink';
export { untilStable } from './stable';
export type { PageSizes } from './sizes';
