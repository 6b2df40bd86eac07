import { expect } from 'chai';
import { buildScript, SCRIPTS } from '../../storefront-snippet/build.ts';

const MOST_BYTES = 1024;

describe('the built scripts', () => {
  it(`snippet.js has at most ${MOST_BYTES} bytes under brotli`, async function () {
    const { bytes, brotliBytes } = await buildScript('snippet.js');
    console.log(`      snippet.js: ${bytes} bytes minified, ${brotliBytes} bytes under brotli`);
    expect(brotliBytes).to.be.at.most(MOST_BYTES);
  });

  it('snippet-forms.js stays a small part of a page', async () => {
    const { bytes, brotliBytes } = await buildScript('snippet-forms.js');
    console.log(`      snippet-forms.js: ${bytes} bytes minified, ${brotliBytes} bytes under brotli`);
    expect(brotliBytes).to.be.at.most(4 * MOST_BYTES);
  });

  for (const name of SCRIPTS) {
    it(`${name} holds no code made of text, which a strict policy forbids`, async () => {
      const { code } = await buildScript(name);
      expect(code).not.to.match(/\beval\b|\bFunction\(|setTimeout|innerHTML|document\.write|\.style\b/);
    });
  }
});
