import { attempt } from './attempt.ts';
import { startForms } from './start-forms.ts';

attempt(() => startForms(window, document.currentScript as HTMLScriptElement));
