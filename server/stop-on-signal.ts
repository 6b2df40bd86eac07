/** Stops on SIGTERM or SIGINT and ends the process: 0 when it stopped cleanly, 1 when it could not. */
export function stopOnSignal(stop: () => Promise<void>): void {
  const end = (): void => {
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}
