export { createDispatcher, type Dispatcher, type Receivers } from './dispatch-pending-events.ts';
