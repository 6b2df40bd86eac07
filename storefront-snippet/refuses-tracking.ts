/** Whether a browser asks not to be tracked, by Global Privacy Control or by the older Do-Not-Track. */
export function refusesTracking(navigator: Navigator & { globalPrivacyControl?: boolean }): boolean {
  return navigator.globalPrivacyControl || navigator.doNotTrack === '1';
}
