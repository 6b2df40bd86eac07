import { createFetchPage, type FetchPage } from './fetch-page.ts';
import { createReadTxt, type ReadTxt } from './read-txt.ts';

/** What the product asks of hosts that are not ours. Handed in everywhere, so that tests use stand-ins. */
export interface Outgoing {
  fetchPage: FetchPage;
  readTxt: ReadTxt;
}

/** Over this machine's network. */
export function createOutgoing(): Outgoing {
  return { fetchPage: createFetchPage(), readTxt: createReadTxt() };
}
