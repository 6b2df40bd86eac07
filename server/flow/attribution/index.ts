export type { Attribution } from './attribution.model.ts';
export type { AttributionStore } from './attribution.store.ts';
export { createAttribution } from './create-attribution.ts';
export type { ConsideredTouch, Decision, DecisionInput } from './decision/decision.ts';
export { listFlags } from './decision/list-flags.ts';
export { pickWinningTouch } from './decision/pick-winning-touch.ts';
export type { ReferralDirectory } from './evidence/referral-directory.ts';
export { canReplay, decideAgain, replayDecision, type ReplayOptions } from './decision/replay-decision.ts';
export { attributionRoutes } from './attribution.routes.ts';
