/** Acts once the page's elements are there: now, or when the browser has read them. */
export function whenReady(document: Document, act: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', act);
  else act();
}
