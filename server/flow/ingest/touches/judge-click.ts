/** Why a visit is no click of its own. */
export const UNCOUNTED = {
  bot: 'a bot, by its own name',
  crowd: 'more visits a minute from one address than people make',
  blocked: 'its source is blocked',
  landing: 'the landing of a link whose click was counted when it was followed',
  repeat: 'the same visitor clicked the same link within the hour',
} as const;
export type Uncounted = keyof typeof UNCOUNTED;

/** What tells whether a visit is a click of a person, to be counted. */
export interface ClickSigns {
  /** The program names itself a bot, a preview or a monitor in its User-Agent. */
  isBot: boolean;
  /** Visits from the same address within this minute, this one included. */
  visitsThisMinute: number;
  /** It is the landing of a link whose click was counted when it was followed. */
  isLanding: boolean;
  /** Its source is blocked. */
  isBlocked: boolean;
}

/** More than a lecture hall behind one address clicks; a script does it in a second. */
export const MOST_CLICKS_PER_MINUTE = 300;

/**
 * Why a visit is no click of its own; undefined when it is one, unless its visitor made one already. The touch can
 * earn all the same: it is evidence, whatever the counts say.
 */
export function judgeClick({
  isBot,
  visitsThisMinute,
  isLanding,
  isBlocked,
}: ClickSigns): Uncounted | undefined {
  if (isBot) return 'bot';
  if (visitsThisMinute > MOST_CLICKS_PER_MINUTE) return 'crowd';
  if (isBlocked) return 'blocked';
  if (isLanding) return 'landing';
  return undefined;
}
