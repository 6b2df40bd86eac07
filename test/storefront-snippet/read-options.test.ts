import { expect } from 'chai';
import { readOptions } from '../../storefront-snippet/read-options.ts';

const src = 'https://partners.example/snippet.js?store=store_1';

describe('reading the script tag', () => {
  it('takes server and store from the address of the script, and the defaults for the rest', () => {
    expect(readOptions({ src, dataset: {} })).to.deep.equal({
      server: 'https://partners.example',
      storeKey: 'store_1',
      params: ['ref'],
      window: 2_592_000,
    });
  });

  it('lets the attributes override', () => {
    const asTheyAre = { consent: 'required', direct: '', privacySignals: 'respect' };
    const dataset = { store: 'store_2', params: 'ref, aff,acc', window: '604800', ...asTheyAre };
    expect(readOptions({ src, dataset })).to.deep.equal({
      ...asTheyAre,
      store: 'store_2',
      server: 'https://partners.example',
      storeKey: 'store_2',
      params: ['ref', 'aff', 'acc'],
      window: 604_800,
    });
  });

  it('keeps the default window where the attribute is no number', () => {
    expect(readOptions({ src, dataset: { window: 'a month' } }).window).to.equal(2_592_000);
  });
});
