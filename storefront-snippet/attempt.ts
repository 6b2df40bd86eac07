/** What a call gives, or undefined when it throws: on a shop's page nothing of ours may. */
export function attempt<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch {
    return;
  }
}
