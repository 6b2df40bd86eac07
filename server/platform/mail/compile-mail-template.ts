import Handlebars from 'handlebars';
import juice from 'juice';

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
 * Compiles a mail once; filling it is fast. Styles are moved into the elements, because many mail programs
 * drop style elements. In the HTML every value is escaped; plain text has nothing to escape. A name that
 * the view does not have is an error, never an empty place.
 */
export function compileMailTemplate<View>({ layout, html, text }: MailTemplateSources): MailTemplate<View> {
  const { compile } = Handlebars.create();
  const document = juice(layout.replace(BODY, () => html));
  const fillHtml = compile<View>(document, { strict: true });
  const fillText = compile<View>(text, { strict: true, noEscape: true });
  return (view) => ({ html: fillHtml(view), text: fillText(view) });
}
