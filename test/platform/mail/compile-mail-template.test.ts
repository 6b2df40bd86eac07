import { expect } from 'chai';
import { compileMailTemplate } from '../../../server/platform/mail/index.ts';

const layout = '<html><head><style>p { color: #123456 }</style></head><body>{{> body}}</body></html>';
const aTemplate = (html: string, text: string) => compileMailTemplate<object>({ layout, html, text });

describe('a mail that is filled from a template', () => {
  it('carries its styles in the elements', () => {
    const { html } = aTemplate('<p>{{name}}</p>', '')({ name: 'Anna' });
    expect(html).to.include('<p style="color: #123456;">Anna</p>').and.not.include('<style');
  });

  it('repeats rows in tables where they stand', () => {
    const rows = '<table>{{#each rows}}<tr><td>{{this}}</td></tr>{{/each}}</table>';
    const { html } = aTemplate(rows, '')({ rows: ['a', 'b'] });
    expect(html).to.include('<table><tr><td>a</td></tr><tr><td>b</td></tr></table>');
  });

  it('shows markup in a value as text', () => {
    const { html } = aTemplate(
      '<p title="{{name}}">{{name}}</p>',
      '',
    )({ name: '"><script>alert(1)</script>' });
    expect(html).to.include('&lt;script&gt;').and.not.include('<script');
  });

  it('writes plain text as it is, without entities', () => {
    expect(aTemplate('', 'Hello {{name}}')({ name: 'Tom & "Co" <x>' }).text).to.equal('Hello Tom & "Co" <x>');
  });

  it('lets no value add a line to the plain text, or turn its direction', () => {
    const { text } = aTemplate(
      '',
      '{{#each people}}{{name}};{{/each}}',
    )({
      people: [{ name: 'Anna\r\n\r\nYou won' }, { name: 'a\u2028b\u202Ec' }],
    });
    expect(text).to.equal('Anna You won;a b c;');
  });

  it('refuses a view that lacks a name instead of leaving a gap', () => {
    expect(() => aTemplate('', '{{amount}}')({})).to.throw('amount');
  });
});
