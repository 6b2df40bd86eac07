import { expect } from 'chai';
import { afterCursor, pageQuery, toPage } from '../../../server/platform/http/index.ts';
import { DomainError } from '../../../server/shared/errors.ts';

const row = (id: string) => ({ id, createdAt: new Date('2026-05-01T12:00:00Z') });

describe('a list in parts', () => {
  it('ends when nothing is left', () => {
    expect(toPage([row('b'), row('a')], 2)).to.deep.equal({ items: [row('b'), row('a')], nextCursor: null });
  });

  it('goes on behind the last item that was shown', () => {
    const { items, nextCursor } = toPage([row('c'), row('b'), row('a')], 2);
    expect(items.map((item) => item.id)).to.deep.equal(['c', 'b']);
    expect(afterCursor(nextCursor ?? '')).to.deep.equal({
      $or: [{ createdAt: { $lt: row('b').createdAt } }, { createdAt: row('b').createdAt, _id: { $lt: 'b' } }],
    });
  });

  it('starts at the beginning without a cursor', () => {
    expect(afterCursor(undefined)).to.deep.equal({});
  });

  it('refuses a cursor that it did not give', () => {
    for (const cursor of ['', 'rubbish', Buffer.from('yesterday a').toString('base64url')]) {
      expect(() => afterCursor(cursor), cursor).to.throw(DomainError);
    }
  });

  it('shows 50 unless told otherwise, and 1 to 200', () => {
    expect(pageQuery.parse({}).limit).to.equal(50);
    expect(pageQuery.parse({ limit: '200' }).limit).to.equal(200);
    for (const limit of ['0', '201', '1.5', 'many', '']) {
      expect(pageQuery.safeParse({ limit }).success, limit).to.equal(false);
    }
  });
});
