import type { Outgoing } from '../../server/platform/outgoing/index.ts';

/** An internet that a test writes: TXT records by name, pages by address. Nothing else is there. */
export interface FakeInternet extends Outgoing {
  txt: Map<string, string>;
  pages: Map<string, string>;
  /** What was asked for, in order: names and addresses. */
  asked: string[];
}

/** An internet with nobody on it yet. */
export function anEmptyInternet(): FakeInternet {
  const txt = new Map<string, string>();
  const pages = new Map<string, string>();
  const asked: string[] = [];
  return {
    txt,
    pages,
    asked,
    readTxt(name) {
      asked.push(name);
      const record = txt.get(name);
      const absent = { ok: false as const, reason: 'there is no TXT record' };
      return Promise.resolve(record === undefined ? absent : { ok: true, records: ['v=spf1', record] });
    },
    fetchPage(address) {
      asked.push(address);
      const text = pages.get(address);
      return Promise.resolve({ ok: true, status: text === undefined ? 404 : 200, text: text ?? '' });
    },
  };
}
