/**
 * Follows a visitor's consent and acts on its changes only: a banner may repeat itself on every event.
 * Called without an answer it takes the one that is known, or else that none is needed.
 */
export function followConsent(onGranted: () => void, onWithdrawn: () => void): (granted?: boolean) => void {
  let known: boolean | undefined;
  return (granted = known ?? true) => {
    if (granted === known) return;
    known = granted;
    if (granted) onGranted();
    else onWithdrawn();
  };
}
