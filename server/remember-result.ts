/** Does a piece of work when it is first asked for, and keeps the result. A failure is not kept. */
export function rememberResult<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  const begin = async (): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      result = undefined;
      throw error;
    }
  };
  return () => (result ??= begin());
}
