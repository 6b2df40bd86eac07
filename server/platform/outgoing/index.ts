export { createOutgoing, type Outgoing } from './create-outgoing.ts';
export type { FetchedPage, FetchPage } from './fetch-page.ts';
export type { ReadTxt, TxtRecords } from './read-txt.ts';
