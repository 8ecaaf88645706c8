export {
  Cdn,
  type CdnAnswer,
  type CdnFetch,
  type CdnOptions,
  type CdnStep,
  type OriginOutcome,
} from './cdn.ts';
export { type CacheStatus, cacheStatusField, type ForwardReason } from './cache-status.ts';
export type { HttpRequest, HttpResponse } from './http.ts';
export type { PurgeTarget } from './response-store.ts';
