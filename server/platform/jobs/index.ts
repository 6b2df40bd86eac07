export {
  createDispatcher,
  type Dispatcher,
  type Receiver,
  type Receivers,
} from './dispatch-pending-events.ts';
