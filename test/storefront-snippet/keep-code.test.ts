import { expect } from 'chai';
import { Window } from 'happy-dom';
import { CODE, forget, keep, recall } from '../../storefront-snippet/keep-code.ts';
import type { Page } from '../../storefront-snippet/page.ts';

const A_DAY = 86_400;

function aPage(url = 'http://shop.example/'): Page {
  return new Window({ url }) as unknown as Page;
}

function deleteCookie(page: Page): void {
  page.document.cookie = `${CODE}=;max-age=-1;path=/`;
}

/** A page whose cookie is write-only, so that the attributes of what was written can be read. */
function aPageThatShowsCookies(protocol: string): { page: Page; written: string[] } {
  const written: string[] = [];
  const document = {
    set cookie(text: string) {
      written.push(text);
    },
  };
  return { page: { document, location: { protocol } } as unknown as Page, written };
}

/** A page on which every access to storage throws, as a browser does that blocks it. */
function aPageWithoutStorage(): Page {
  const refuse = (): never => {
    throw new DOMException('denied', 'SecurityError');
  };
  const document = Object.defineProperty({}, 'cookie', { get: refuse, set: refuse });
  const page = { document, location: { protocol: 'https:' } };
  return Object.defineProperty(page, 'localStorage', { get: refuse }) as unknown as Page;
}

describe('keeping the code', () => {
  it('in a first-party cookie and in localStorage', () => {
    const page = aPage();
    keep(page, CODE, 'ANNA', A_DAY);
    expect(page.document.cookie).to.equal('_aff_ref=ANNA');
    expect(page.localStorage.getItem(CODE)).to.match(/^ANNA\.\d+$/);
    expect(recall(page, CODE)).to.equal('ANNA');
  });

  it('the newer code replaces the older', () => {
    const page = aPage();
    keep(page, CODE, 'ANNA', A_DAY);
    keep(page, CODE, 'BORIS', A_DAY);
    expect(recall(page, CODE)).to.equal('BORIS');
  });

  it('the cookie is lax, for the whole shop, for the window', () => {
    const { page, written } = aPageThatShowsCookies('http:');
    keep(page, CODE, 'ANNA', A_DAY);
    expect(written).to.have.length(1);
    const [, expires] = /^_aff_ref=ANNA;expires=(.*);path=\/;samesite=lax$/.exec(written[0] ?? '') ?? [];
    expect(Date.parse(expires ?? '')).to.be.closeTo(Date.now() + A_DAY * 1000, 5000);
  });

  it('the cookie is secure where the shop is', () => {
    const { page, written } = aPageThatShowsCookies('https:');
    keep(page, CODE, 'ANNA', A_DAY);
    expect(written[0]).to.match(/;path=\/;samesite=lax;secure$/);
  });

  it('a cookie of another name that ends alike is not ours', () => {
    const page = aPage();
    page.document.cookie = `not${CODE}=BORIS`;
    expect(recall(page, CODE)).to.equal(undefined);
  });
});

describe('a cookie that the browser cut short', () => {
  it('comes back from localStorage', () => {
    const page = aPage();
    keep(page, CODE, 'ANNA', A_DAY);
    deleteCookie(page);
    recall(page, CODE);
    expect(page.document.cookie).to.equal('_aff_ref=ANNA');
  });

  it('does not come back when the window is over', () => {
    const page = aPage();
    page.localStorage.setItem(CODE, 'ANNA.1');
    recall(page, CODE);
    expect(page.document.cookie).to.equal('');
    expect(page.localStorage.getItem(CODE)).to.equal(null);
  });

  it('does not come back from something unreadable', () => {
    const page = aPage();
    page.localStorage.setItem(CODE, 'nonsense');
    recall(page, CODE);
    expect(page.document.cookie).to.equal('');
  });
});

describe('forgetting', () => {
  it('leaves nothing behind', () => {
    const page = aPage();
    keep(page, CODE, 'ANNA', A_DAY);
    forget(page, CODE);
    expect(page.document.cookie).to.equal('');
    expect(page.localStorage.length).to.equal(0);
  });
});

describe('a browser that keeps cookies only', () => {
  it('keeps the code in the cookie', () => {
    const page = aPage();
    page.document.cookie = `${CODE}=ANNA`;
    expect(recall(page, CODE)).to.equal('ANNA');
  });
});

describe('a browser that blocks storage', () => {
  it('keeps nothing and breaks nothing', () => {
    const page = aPageWithoutStorage();
    keep(page, CODE, 'ANNA', A_DAY);
    expect(recall(page, CODE)).to.equal(undefined);
    forget(page, CODE);
  });
});
