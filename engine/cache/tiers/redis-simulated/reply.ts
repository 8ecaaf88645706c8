/**
 * What a command answers, in the types of the protocol (RESP2): a bulk string, an integer, nil, a status, an error or an
 * array of these. Statuses and errors are objects, so that a stored value "OK" and the status OK stay different things.
 */
export type RedisReply = string | number | bigint | null | RedisStatus | RedisFailure | readonly RedisReply[];

export class RedisStatus {
  constructor(readonly text: string) {}
}

/** An error reply. The text starts with its code in capitals, `ERR`, `OOM` or `WRONGTYPE`, as on the wire. */
export class RedisFailure {
  constructor(readonly text: string) {}

  get code(): string {
    return this.text.slice(0, this.text.indexOf(' '));
  }
}

export const OK = new RedisStatus('OK');

/** An error of the code ERR. */
export const failure = (text: string): RedisFailure => new RedisFailure(`ERR ${text}`);

export const failures = {
  syntax: failure('syntax error'),
  notAnInteger: failure('value is not an integer or out of range'),
  overflow: failure('increment or decrement would overflow'),
  decrementOverflow: failure('decrement would overflow'),
  wrongType: new RedisFailure('WRONGTYPE Operation against a key holding the wrong kind of value'),
  outOfMemory: new RedisFailure("OOM command not allowed when used memory > 'maxmemory'."),
  arity: (command: string) => failure(`wrong number of arguments for '${command}' command`),
  expireTime: (command: string) => failure(`invalid expire time in '${command}' command`),
};
