/** UTC to the minute: "2026-10-03 14:05 UTC". */
export function describeTime(moment: Date): string {
  return `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
