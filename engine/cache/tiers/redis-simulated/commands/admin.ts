import { failures, OK, RedisStatus, type RedisReply } from '../reply.ts';
import type { Call, Command, Container } from './command.ts';

/** Commands on the server itself (config.c, server.c). */
export const adminCommands: Record<string, Command | Container> = {
  ping: { arity: -1, run: ping },
  info: { arity: -1, run: ({ info, argv }) => info(argv.slice(1).map((section) => section.toLowerCase())) },
  config: {
    arity: -2,
    subcommands: {
      get: { arity: -3, run: ({ keyspace, argv }) => keyspace.config.get(argv.slice(2)) },
      set: { arity: -4, run: configSet },
      resetstat: {
        arity: 2,
        run: (call) => {
          call.resetStats();
          return OK;
        },
      },
    },
  },
  debug: { arity: -2, run: debug },
};

function ping({ argv, name }: Call): RedisReply {
  if (argv.length > 2) return failures.arity(name);
  return argv[1] ?? new RedisStatus('PONG');
}

function configSet(call: Call): RedisReply {
  const { keyspace, argv } = call;
  if (argv.length % 2 === 1) return failures.syntax;
  const before = keyspace.config.maxmemory;
  const reply = keyspace.config.set(argv.slice(2));
  if (keyspace.config.maxmemory !== before && keyspace.config.maxmemory > 0) call.startEviction();
  return reply;
}

/** Only what holds a run still for looking at it. */
function debug({ argv, expiry }: Call): RedisReply {
  if (argv[1]!.toLowerCase() !== 'set-active-expire' || argv.length !== 3) return failures.syntax;
  expiry.enabled = argv[2] !== '0';
  return OK;
}
