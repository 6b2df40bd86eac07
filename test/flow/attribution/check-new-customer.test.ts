import { expect } from 'chai';
import type { DecisionInput } from '../../../server/flow/attribution/index.ts';
import { DAY } from '../../../server/shared/clock.ts';
import { before, decide } from './a-decision.ts';

const earlier = (facts: {
  paid: boolean;
  fullyRefunded: boolean;
}): DecisionInput['earlierOrders'][number] => ({
  orderId: 'earlier',
  storeId: 'store',
  externalId: '7',
  number: '#7',
  placedAt: before(DAY),
  credited: null,
  ...facts,
});

describe('S8 a buyer is a new customer', () => {
  const table: [circumstance: string, facts: Partial<DecisionInput>, isNew: boolean, because: string][] = [
    ['without any earlier order', {}, true, 'no earlier order of this customer is known'],
    [
      'with an earlier order that was paid',
      { earlierOrders: [earlier({ paid: true, fullyRefunded: false })] },
      false,
      'the earlier order #7 was paid',
    ],
    [
      'with an earlier order that was never paid',
      { earlierOrders: [earlier({ paid: false, fullyRefunded: false })] },
      true,
      'every earlier order of this customer is unpaid or was fully refunded',
    ],
    [
      'with an earlier order that was fully refunded before',
      { earlierOrders: [earlier({ paid: true, fullyRefunded: true })] },
      true,
      'every earlier order of this customer is unpaid or was fully refunded',
    ],
    [
      'of whom the shop counts orders',
      { platformEarlierOrders: 3 },
      false,
      'the shop counts 3 earlier orders',
    ],
    [
      'of whom the shop counts none',
      { platformEarlierOrders: 0 },
      true,
      'no earlier order of this customer is known',
    ],
  ];
  for (const [circumstance, facts, isNew, because] of table) {
    it(`${circumstance}: ${isNew ? 'yes' : 'no'}, and says why`, () => {
      expect(decide([], {}, facts).newCustomer).to.deep.equal({ isNew, because });
    });
  }
});
