export { createDispatcher, type Dispatcher, type Receivers } from './dispatch-pending-events.ts';
export { createTraffic, type Traffic } from './give-way.ts';
export { createLeaseStore } from './lease.store.ts';
export { createJobs } from './run-jobs.ts';
