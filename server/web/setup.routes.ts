import express, { Router } from 'express';
import { z } from 'zod';
import { DomainError } from '../shared/errors.ts';
import type { RouteDescription } from '../platform/http/index.ts';
import { describeSetupForm, type SetupForm } from './describe-setup-form.ts';
import type { RenderPage } from './render-page.ts';

const FORM_LIMIT = '10kb';
const params = z.object({ token: z.string() });

/** What the setup page asks of the merchants. */
export interface Setup {
  isSetupOpen(token: string): Promise<boolean>;
  /** @throws DomainError `invalid-input`, `not-found` or `conflict`. */
  completeSetup(token: string, form: unknown): Promise<unknown>;
}

export const setupDescriptions: RouteDescription[] = [
  {
    method: 'get',
    path: '/setup/:token',
    summary: 'The page of the first start',
    access: 'public',
    isPage: true,
    params,
  },
  {
    method: 'post',
    path: '/setup/:token',
    summary: 'Create the first merchant',
    access: 'public',
    isPage: true,
    params,
    status: 303,
  },
];

/** The page of the first start: one link, one form, one merchant. */
export function setupRoutes({ setup, renderPage }: { setup: Setup; renderPage: RenderPage }): Router {
  const router = Router();
  const closedPage = () => renderPage('setup-closed', { title: 'This link does not work any more' });

  router.get('/setup/done', (_request, response) => {
    response.send(renderPage('setup-done', { title: 'Refledger is ready' }));
  });

  router.get('/setup/:token', async (request, response) => {
    response.set('Cache-Control', 'no-store');
    if (await setup.isSetupOpen(request.params.token)) {
      response.send(renderPage('setup', describeSetupForm({}, [])));
    } else response.status(404).send(closedPage());
  });

  router.post(
    '/setup/:token',
    express.urlencoded({ extended: false, limit: FORM_LIMIT }),
    async (request: express.Request<{ token: string }>, response) => {
      const form = (request.body ?? {}) as SetupForm;
      response.set('Cache-Control', 'no-store');
      try {
        await setup.completeSetup(request.params.token, form);
        response.redirect(303, '/setup/done');
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        const isFixable = error.code === 'invalid-input';
        if (isFixable) response.status(400).send(renderPage('setup', describeSetupForm(form, error.issues)));
        else response.status(404).send(closedPage());
      }
    },
  );
  return router;
}
