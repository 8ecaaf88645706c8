export { RedisServer, type RedisServerOptions } from './server.ts';
export { RedisFailure, type RedisReply, RedisStatus } from './reply.ts';
export { MAXMEMORY_POLICIES, type MaxmemoryPolicy } from './config.ts';
export { DEFAULT_COSTS, type ServiceCosts, SingleThread } from './service.ts';
export type { RedisFigures } from './info.ts';
export type { Quantum } from './memory-model.ts';
