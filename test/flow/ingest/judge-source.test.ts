import { expect } from 'chai';
import { judgeSource } from '../../../server/flow/ingest/touches/judge-source.ts';
import { programSettings, type BlockedSources } from '../../../server/shared/program-settings.ts';

const read = (blockedSources: Partial<BlockedSources>): BlockedSources =>
  programSettings.parse({ blockedSources }).blockedSources;
const deals = { referrerHosts: ['deals.example'] };
const page = (query: string): string => `https://shop.example/tea${query}`;

describe('S3 the source of a visit', () => {
  const referrers: [string, string | null, Partial<BlockedSources>, string | undefined][] = [
    ['no referrer', null, deals, undefined],
    ['the host', 'deals.example', deals, 'refuse: came from deals.example, which the programme blocks'],
    [
      'its subdomain',
      'www.deals.example',
      deals,
      'refuse: came from deals.example, which the programme blocks',
    ],
    [
      'with a port',
      'deals.example:8443',
      deals,
      'refuse: came from deals.example, which the programme blocks',
    ],
    ['with a dot', 'deals.example.', deals, 'refuse: came from deals.example, which the programme blocks'],
    ['in capitals', 'DEALS.Example', deals, 'refuse: came from deals.example, which the programme blocks'],
    ['a host that only ends alike', 'gooddeals.example', deals, undefined],
    ['the host under another one', 'deals.example.evil.test', deals, undefined],
    ['the domain above', 'example', deals, undefined],
    ['another host', 'blog.example', deals, undefined],
    ['any host by the defaults', 'deals.example', {}, undefined],
    [
      'the host, to be flagged',
      'deals.example',
      { ...deals, onReferrer: 'flag' },
      'flag: came from deals.example, which the programme flags',
    ],
    [
      'an international host',
      'xn--schnppchen-t5a.example',
      { referrerHosts: ['Schnäppchen.example'] },
      'refuse: came from xn--schnppchen-t5a.example, which the programme blocks',
    ],
  ];
  for (const [what, referrerHost, settings, expected] of referrers) {
    it(`${what} (${referrerHost}) is ${expected ?? 'like any other'}`, () => {
      expect(say(judgeSource({ referrerHost, landingUrl: null }, read(settings)))).to.equal(expected);
    });
  }

  const refuse = { paidAds: 'refuse' } as const;
  const ads: [string, Partial<BlockedSources>, string | undefined][] = [
    ...['gclid', 'fbclid', 'msclkid', 'wbraid', 'gbraid', 'ttclid'].map(
      (name): [string, Partial<BlockedSources>, string] => [
        `?ref=anna&${name}=x1`,
        refuse,
        `refuse: a paid ad (${name})`,
      ],
    ),
    ['?ref=anna&GCLID=x1', refuse, 'refuse: a paid ad (gclid)'],
    ['?ref=anna&gclid=x1', { paidAds: 'flag' }, 'flag: a paid ad (gclid)'],
    ['?ref=anna&gclid=x1', {}, undefined],
    ['?ref=anna&gclid=', refuse, undefined],
    ['?ref=anna', refuse, undefined],
    ['?ref=gclid', refuse, undefined],
    ['#gclid=x1', refuse, undefined],
    ['?ref=anna&yclid=x1', refuse, undefined],
    ['?ref=anna&yclid=x1', { ...refuse, adParameters: ['yclid'] }, 'refuse: a paid ad (yclid)'],
    ['?ref=anna&gclid=x1', { ...refuse, adParameters: ['yclid'] }, undefined],
  ];
  for (const [query, settings, expected] of ads) {
    it(`${query} is ${expected ?? 'like any other'} where ads are ${settings.paidAds ?? 'not named'}`, () => {
      const source = { referrerHost: null, landingUrl: page(query) };
      expect(say(judgeSource(source, read(settings)))).to.equal(expected);
    });
  }

  it('that two rules flag is told by both', () => {
    const settings = read({ ...deals, onReferrer: 'flag', paidAds: 'flag' });
    const source = { referrerHost: 'deals.example', landingUrl: page('?gclid=x1') };
    expect(say(judgeSource(source, settings))).to.equal(
      'flag: came from deals.example, which the programme flags; a paid ad (gclid)',
    );
  });

  it('that one rule flags and another refuses is refused', () => {
    const settings = read({ ...deals, onReferrer: 'flag', paidAds: 'refuse' });
    const source = { referrerHost: 'deals.example', landingUrl: page('?gclid=x1') };
    expect(say(judgeSource(source, settings))).to.equal('refuse: a paid ad (gclid)');
  });

  it('that cannot be read is like any other', () => {
    const source = { referrerHost: null, landingUrl: 'no address' };
    expect(judgeSource(source, read(refuse))).to.equal(undefined);
  });

  function say(verdict: ReturnType<typeof judgeSource>): string | undefined {
    return verdict && `${verdict.action}: ${verdict.reason}`;
  }
});

describe('S3 what a programme may name as a source', () => {
  for (const [written, kept] of [
    [' Deals.Example ', 'deals.example'],
    ['deals.example.', 'deals.example'],
    ['schnäppchen.example', 'xn--schnppchen-t5a.example'],
    ['192.0.2.7', '192.0.2.7'],
  ] as const) {
    it(`"${written}" is kept as ${kept}`, () => {
      expect(read({ referrerHosts: [written] }).referrerHosts).to.deep.equal([kept]);
    });
  }

  for (const written of [
    'https://deals.example',
    'deals.example/page',
    'deals.example:8443',
    'user@deals.example',
    'com',
    'com.',
    '.com',
    '*.deals.example',
    'deals example',
    '',
  ]) {
    it(`"${written}" is refused with words on what to do`, () => {
      const { error } = programSettings.safeParse({ blockedSources: { referrerHosts: [written] } });
      expect(error?.issues.map(({ path, message }) => [path.join('.'), message])).to.deep.equal([
        [
          'blockedSources.referrerHosts.0',
          'Name a host such as deals.example, without https:// or a path; its subdomains are blocked as well.',
        ],
      ]);
    });
  }

  it('a parameter is a name alone', () => {
    expect(read({ adParameters: ['GCLID'] }).adParameters).to.deep.equal(['gclid']);
    const refused = programSettings.safeParse({ blockedSources: { adParameters: ['gclid=1'] } });
    expect(refused.error?.issues[0]?.message).to.equal(
      'Name a parameter such as gclid, without = or a value.',
    );
  });

  it('is nothing by default, and ads are allowed', () => {
    expect(read({})).to.deep.equal({
      referrerHosts: [],
      onReferrer: 'refuse',
      paidAds: 'allow',
      adParameters: ['gclid', 'fbclid', 'msclkid', 'wbraid', 'gbraid', 'ttclid'],
    });
  });
});
