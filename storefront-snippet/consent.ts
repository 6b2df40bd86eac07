/** Follows a visitor's consent and acts on its changes only: a banner may repeat itself on every event. */
export function followConsent(onGranted: () => void, onWithdrawn: () => void): (granted: boolean) => void {
  let known: boolean | undefined;
  return (granted) => {
    if (granted === known) return;
    known = granted;
    if (granted) onGranted();
    else onWithdrawn();
  };
}
