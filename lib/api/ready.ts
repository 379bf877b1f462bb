export { isStoreReady as isReady } from '../server/store.ts';
