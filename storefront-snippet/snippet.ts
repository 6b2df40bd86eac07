import { attempt } from './attempt.ts';
import { start } from './start.ts';

attempt(() => start(window, document.currentScript as HTMLScriptElement));
