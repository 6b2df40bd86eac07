import { ok, problem, type Finding } from './finding.ts';

/** Whether a link with a code keeps it: a redirect that drops the query loses every visitor's affiliate. */
export function judgeLanding(asked: string, arrived: string, param: string): Finding {
  const code = new URL(asked).searchParams.get(param);
  if (new URL(arrived).searchParams.get(param) === code) {
    return ok(`A link with ?${param}= arrives with its code.`);
  }
  return problem(
    `The shop redirects ${asked} to ${arrived}, and ?${param}= is lost on the way.`,
    'Let the redirect keep the query, or give affiliates links to the address where it ends.',
  );
}
