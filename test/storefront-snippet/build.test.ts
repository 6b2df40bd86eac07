import { expect } from 'chai';
import { buildSnippet } from '../../storefront-snippet/build.ts';

const MOST_BYTES = 1024;

describe('the built snippet', () => {
  it(`has at most ${MOST_BYTES} bytes under brotli`, async function () {
    const { bytes, brotliBytes } = await buildSnippet();
    console.log(`      snippet.js: ${bytes} bytes minified, ${brotliBytes} bytes under brotli`);
    expect(brotliBytes).to.be.at.most(MOST_BYTES);
  });

  it('holds no code made of text, which a strict policy forbids', async () => {
    const { code } = await buildSnippet();
    expect(code).not.to.match(/\beval\b|\bFunction\(|setTimeout|innerHTML|document\.write/);
  });
});
