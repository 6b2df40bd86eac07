import { readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import Handlebars from 'handlebars';

const VIEWS = join(import.meta.dirname, 'views');

/** Makes the HTML of a page from the view of that name. Values are escaped. */
export type RenderPage = (view: string, values: { title: string } & Record<string, unknown>) => string;

/**
 * Reads and compiles every view once, at start; `layout` frames the others.
 * @throws Error when rendering a view that is not there, or that uses a value that is not given.
 */
export function createPageRenderer(): RenderPage {
  const handlebars = Handlebars.create();
  const views = new Map<string, Handlebars.TemplateDelegate>();
  for (const file of readdirSync(VIEWS)) {
    const source = readFileSync(join(VIEWS, file), 'utf8');
    views.set(parse(file).name, handlebars.compile(source, { strict: true }));
  }
  return (view, values) => {
    const [layout, page] = [views.get('layout'), views.get(view)];
    if (!layout || !page) throw new Error(`There is no view "${view}"`);
    return layout({ title: values.title, content: new Handlebars.SafeString(page(values)) });
  };
}
