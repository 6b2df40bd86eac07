import { attempt } from './attempt.ts';
import type { FormsPage } from './page.ts';

/** For debugging: tells of every request to our server that this page made or was refused by its own policy. */
export function watchRequests(page: FormsPage, server: string, explain: (line: string) => void): void {
  const isOurs = (address: string): boolean => address.startsWith(`${server}/collect/`);
  page.document.addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) => {
    if (!blockedURI.startsWith(server)) return;
    explain(`blocked by the page's Content-Security-Policy: add ${server} to ${effectiveDirective}`);
  });
  attempt(() => {
    const observer = new PerformanceObserver((list) => {
      for (const { name } of list.getEntries()) if (isOurs(name)) explain(`asked ${name}`);
    });
    observer.observe({ type: 'resource', buffered: true });
  });
}
