import { expect } from 'chai';
import { followConsent } from '../../storefront-snippet/consent.ts';

function record(): { follow: (granted?: boolean) => void; acts: string[] } {
  const acts: string[] = [];
  const follow = followConsent(
    () => acts.push('granted'),
    () => acts.push('withdrawn'),
  );
  return { follow, acts };
}

describe('following consent', () => {
  it('acts once on a banner that repeats itself', () => {
    const { follow, acts } = record();
    [true, true, true].forEach((granted) => follow(granted));
    expect(acts).to.deep.equal(['granted']);
  });

  it('deletes on a first refusal, because an earlier page may have stored', () => {
    const { follow, acts } = record();
    follow(false);
    expect(acts).to.deep.equal(['withdrawn']);
  });

  it('starts anew when consent comes back', () => {
    const { follow, acts } = record();
    [true, false, true].forEach((granted) => follow(granted));
    expect(acts).to.deep.equal(['granted', 'withdrawn', 'granted']);
  });

  it('takes none to be needed when nobody answered', () => {
    const { follow, acts } = record();
    follow();
    expect(acts).to.deep.equal(['granted']);
  });

  it('keeps to a refusal that came first', () => {
    const { follow, acts } = record();
    follow(false);
    follow();
    expect(acts).to.deep.equal(['withdrawn']);
  });
});
