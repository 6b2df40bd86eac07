import { describeMoney } from '../../../shared/minor-units.ts';
import type { FindStore } from '../../../shared/store-connection.ts';
import { describeReceipt } from '../receipts/describe-receipt.ts';
import { describeTime } from '../receipts/describe-time.ts';
import type { FindCredit } from './find-credit.ts';
import type { ReceiptLinks } from './receipt-links.ts';

/** All that staff of a shop may read about an order's commission; no buyer in it. */
interface OrderReceipts {
  orderNumber: string;
  credit: string[];
  /** Oldest first, each with what it was computed from. */
  postings: { id: string; title: string; words: string[] }[];
}

interface ReadOrderReceiptsDeps {
  findStore: Pick<FindStore, 'byId'>;
  findCredit: FindCredit;
  receiptLinks: ReceiptLinks;
}

/** Wires what a signed link leads to. Undefined where it ended, or its shop was disconnected. */
export function createReadOrderReceipts({ findStore, findCredit, receiptLinks }: ReadOrderReceiptsDeps) {
  return async (token: string): Promise<OrderReceipts | undefined> => {
    const key = receiptLinks.read(token);
    const store = key && (await findStore.byId(key.storeId));
    if (!key || store?.status !== 'connected' || store.merchantId !== key.merchantId) return undefined;
    const { credit, order, commission } = await findCredit(key);
    const snapshot = order?.versions.at(-1)?.snapshot;
    if (!snapshot) return undefined;
    const postings = (commission?.postings ?? []).map(({ id, amount, currency, postedAt, receipt }) => ({
      id,
      title: `${describeMoney(amount, currency)} for ${receipt.affiliate.name}, ${describeTime(postedAt)}`,
      words: describeReceipt(receipt),
    }));
    return { orderNumber: snapshot.number, credit: credit.words, postings };
  };
}
