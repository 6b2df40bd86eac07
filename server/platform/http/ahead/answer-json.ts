import type { AheadAnswer } from './ahead-route.ts';

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

/** An answer with a body of JSON. */
export function answerJson(status: number, body: object): AheadAnswer {
  return { status, headers: JSON_TYPE, body: JSON.stringify(body) };
}
