import { attempt } from './attempt.ts';
import type { FormsPage } from './page.ts';

/** For debugging: tells of every request to our server that this page made or was refused by its own policy. */
export function watchRequests(page: FormsPage, server: string, explain: (line: string) => void): void {
  const isOurs = (address: string): boolean => address.startsWith(`${server}/collect/`);
  watchRefusals(page, (address, directive) => {
    if (!address.startsWith(server)) return;
    explain(`blocked by the page's Content-Security-Policy: add ${server} to ${directive}`);
  });
  attempt(() => {
    const observer = new PerformanceObserver((list) => {
      for (const { name } of list.getEntries()) if (isOurs(name)) explain(`asked ${name}`);
    });
    observer.observe({ type: 'resource', buffered: true });
  });
}

/** The first script's touch is often refused before this one is loaded, so that reports of before count too. */
function watchRefusals(page: FormsPage, tell: (address: string, directive: string) => void): void {
  const isReported = attempt(() => {
    const observer = new ReportingObserver(
      (reports) => {
        for (const { body } of reports) {
          const { blockedURL, effectiveDirective } = body as unknown as Record<string, unknown>;
          tell(String(blockedURL), String(effectiveDirective));
        }
      },
      { types: ['csp-violation'], buffered: true },
    );
    observer.observe();
    return true;
  });
  if (isReported) return;
  page.document.addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) =>
    tell(blockedURI, effectiveDirective),
  );
}
