import { createRequire } from 'node:module';
import Handlebars from 'handlebars';
import { asOneLine } from './as-one-line.ts';

/** Where a layout takes in the HTML of a mail. */
const BODY = '{{> body}}';

export interface MailTemplateSources {
  /** An HTML document with a style element, and `{{> body}}` where the mail's own HTML goes. */
  layout: string;
  html: string;
  text: string;
}

/** Fills a mail's two parts from the same facts. */
export type MailTemplate<View> = (view: View) => { html: string; text: string };

/**
 * Compiles a mail once, when it is first needed, because the inliner takes long to load; filling it is fast.
 * Styles are moved into the elements, because many mail programs drop style elements. In the HTML every value
 * is escaped; in plain text every value stays on its line. A name that the view does not have is an error,
 * never an empty place.
 */
export function compileMailTemplate<View>(sources: MailTemplateSources): MailTemplate<View> {
  let fill: MailTemplate<unknown> | undefined;
  return (view) => (fill ??= compile(sources))(view);
}

function compile({ layout, html, text }: MailTemplateSources): MailTemplate<unknown> {
  const juice = createRequire(import.meta.url)('juice') as (html: string) => string;
  const handlebars = Handlebars.create();
  const document = juice(layout.replace(BODY, () => html));
  const fillHtml = handlebars.compile<unknown>(document, { strict: true });
  const fillText = handlebars.compile<unknown>(text, { strict: true, noEscape: true });
  return (view) => ({ html: fillHtml(view), text: fillText(onOwnLines(view)) });
}

function onOwnLines(value: unknown): unknown {
  if (typeof value === 'string') return asOneLine(value);
  if (Array.isArray(value)) return value.map(onOwnLines);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, onOwnLines(member)]));
}
