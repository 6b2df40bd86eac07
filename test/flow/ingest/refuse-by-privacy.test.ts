import { expect } from 'chai';
import { readPrivacySignals } from '../../../server/flow/ingest/touches/read-privacy-signals.ts';
import { refuseByPrivacy } from '../../../server/flow/ingest/touches/refuse-by-privacy.ts';
import { storefrontSettings } from '../../../server/shared/storefront-settings.ts';

const GPC = 'the browser sends Global Privacy Control';
const DNT = 'the browser sends Do Not Track';
const CONSENT = 'the visitor has not consented';
const quiet = { doNotTrack: false, globalPrivacyControl: false };

describe('what is kept of a visit', () => {
  const cases: [string, object, Partial<Parameters<typeof refuseByPrivacy>[1]>, string | undefined][] = [
    ['everything with consent', {}, {}, undefined],
    ['nothing without consent', {}, { consent: false }, CONSENT],
    ['everything where nobody could ask', {}, { consent: null }, undefined],
    ['everything where the shop needs no consent', { consentRequired: false }, { consent: false }, undefined],
    ['nothing of a browser that sends GPC', {}, { globalPrivacyControl: true }, GPC],
    ['nothing of a browser that sends DNT', {}, { doNotTrack: true }, DNT],
    ['nothing by GPC also where nobody could ask', {}, { consent: null, globalPrivacyControl: true }, GPC],
    ['nothing by DNT also where nobody could ask', {}, { consent: null, doNotTrack: true }, DNT],
    [
      'everything where the merchant does not respect GPC',
      { respectGlobalPrivacyControl: false },
      { globalPrivacyControl: true },
      undefined,
    ],
    [
      'everything where the merchant does not respect DNT',
      { respectDoNotTrack: false },
      { doNotTrack: true },
      undefined,
    ],
    [
      'nothing without consent, whatever other signals the merchant does not respect',
      { respectDoNotTrack: false, respectGlobalPrivacyControl: false },
      { consent: false, doNotTrack: true, globalPrivacyControl: true },
      CONSENT,
    ],
    [
      'nothing by DNT where the shop needs no consent',
      { consentRequired: false },
      { consent: false, doNotTrack: true },
      DNT,
    ],
  ];
  for (const [what, settings, wishes, reason] of cases) {
    it(`is ${what}`, () => {
      const all = { consent: true, ...quiet, ...wishes };
      expect(refuseByPrivacy(storefrontSettings.parse(settings), all)).to.equal(reason);
    });
  }
});

describe('the signals of a browser', () => {
  const cases: [Record<string, string | string[]>, boolean, boolean][] = [
    [{}, false, false],
    [{ dnt: '1' }, true, false],
    [{ dnt: '0' }, false, false],
    [{ dnt: 'null' }, false, false],
    [{ 'sec-gpc': '1' }, false, true],
    [{ 'sec-gpc': '0' }, false, false],
    [{ 'sec-gpc': '?1' }, false, false],
    [{ dnt: '1', 'sec-gpc': '1' }, true, true],
  ];
  for (const [headers, doNotTrack, globalPrivacyControl] of cases) {
    it(`in ${JSON.stringify(headers)} are DNT ${doNotTrack}, GPC ${globalPrivacyControl}`, () => {
      expect(readPrivacySignals(headers)).to.deep.equal({ doNotTrack, globalPrivacyControl });
    });
  }
});
