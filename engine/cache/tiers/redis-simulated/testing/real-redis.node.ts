/** A real redis-server for tests: found, started on a socket of its own, and spoken to in its protocol. */
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { RedisFailure, type RedisReply, RedisStatus } from '../reply.ts';

/** REDIS_SERVER, else `redis-server` in PATH; undefined when there is none. */
export function findRedisServer(): string | undefined {
  const named = process.env['REDIS_SERVER'];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return [...(named ? [named] : []), ...folders.map((folder) => join(folder, 'redis-server'))].find(
    (path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    },
  );
}

/** For the name of a test that is skipped without a server; in CI it must not be. */
export const redisProgram = findRedisServer();
export const mustHaveRedis = !['', '0', 'false'].includes(process.env['CI'] ?? '');
export const redisNote = redisProgram
  ? ''
  : ' (SKIPPED: no redis-server in PATH; Debian: apt-get install redis-server)';

/** A running server without persistence. It ends with `stop`. */
export class RealRedis {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly socketPath: string,
    private readonly client: RawClient,
  ) {}

  /** @param settings of redis.conf, such as `{ hz: 10 }` */
  static start(program: string, settings: Record<string, string | number> = {}): Promise<RealRedis> {
    return RealRedis.startIn(mkdtempSync(join(tmpdir(), 'surge-redis-')), program, settings);
  }

  private static async startIn(
    folder: string,
    program: string,
    settings: Record<string, string | number>,
  ): Promise<RealRedis> {
    const socketPath = join(folder, 'redis.sock');
    const all = {
      port: 0,
      unixsocket: socketPath,
      dir: folder,
      save: '',
      appendonly: 'no',
      'enable-debug-command': 'yes',
      ...settings,
    };
    const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    process.once('exit', () => child.kill('SIGKILL')); // a test that failed may not have stopped it
    await readyLine(child);
    return new RealRedis(child, folder, socketPath, await RawClient.connect(socketPath));
  }

  send(...argv: string[]): Promise<RedisReply> {
    return this.client.pipeline([argv]).then(([reply]) => reply!);
  }

  /** All in one write; the server answers them in one go. */
  pipeline(commands: readonly (readonly string[])[]): Promise<RedisReply[]> {
    return this.client.pipeline(commands);
  }

  /** The server's own clock, ms with fraction. */
  async nowMs(): Promise<number> {
    return timeMs(await this.send('TIME'));
  }

  /** Lets the server's time pass without a timer here: it is asked to wait for a list that nobody fills. */
  async pass(ms: number): Promise<void> {
    await this.send('BLPOP', 'no:such:list', String(ms / 1000));
  }

  /** A figure of INFO. */
  async figure(name: string): Promise<number> {
    const text = String(await this.send('INFO', 'everything'));
    const match = new RegExp(`^${name}:(.*)$`, 'm').exec(text);
    if (!match) throw new Error(`INFO has no ${name}`);
    return Number(match[1]);
  }

  /** Kills it and starts an empty one on the same socket. */
  async restart(): Promise<RealRedis> {
    await this.kill();
    return RealRedis.startIn(this.folder, this.child.spawnfile, {});
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async kill(): Promise<void> {
    this.client.close();
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
  }
}

/** Milliseconds of an answer of TIME. */
export function timeMs(reply: RedisReply): number {
  const [seconds, micros] = reply as readonly string[];
  return Number(seconds) * 1000 + Number(micros) / 1000;
}

function readyLine(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    child.stdout!.on('data', (data: Buffer) => {
      log += data.toString();
      if (log.includes('ready to accept connections')) resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}:\n${log}`)));
  });
}

/** RESP2 in forty lines, so that a status, a string and an error stay apart as the server sent them. */
class RawClient {
  private received: Buffer = Buffer.alloc(0);
  private waiting: { count: number; replies: RedisReply[]; resolve: (replies: RedisReply[]) => void }[] = [];

  private constructor(private readonly socket: Socket) {
    socket.on('data', (data: Buffer) => {
      this.received = this.received.length === 0 ? data : Buffer.concat([this.received, data]);
      this.deliver();
    });
  }

  static connect(path: string): Promise<RawClient> {
    return new Promise((resolve, reject) => {
      const socket = connect(path, () => resolve(new RawClient(socket)));
      socket.once('error', reject);
    });
  }

  pipeline(commands: readonly (readonly string[])[]): Promise<RedisReply[]> {
    if (commands.length === 0) return Promise.resolve([]);
    const text = commands
      .map((argv) => `*${argv.length}\r\n${argv.map((w) => `$${Buffer.byteLength(w)}\r\n${w}\r\n`).join('')}`)
      .join('');
    return new Promise((resolve) => {
      this.waiting.push({ count: commands.length, replies: [], resolve });
      this.socket.write(text);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private deliver(): void {
    let at = 0;
    for (let first = this.waiting[0]; first; first = this.waiting[0]) {
      const parsed = parse(this.received, at);
      if (!parsed) break;
      at = parsed.end;
      first.replies.push(parsed.reply);
      if (first.replies.length === first.count) {
        this.waiting.shift();
        first.resolve(first.replies);
      }
    }
    this.received = this.received.subarray(at);
  }
}

function parse(buffer: Buffer, start: number): { reply: RedisReply; end: number } | undefined {
  const lineEnd = buffer.indexOf('\r\n', start);
  if (lineEnd < 0) return undefined;
  const line = buffer.toString('utf8', start + 1, lineEnd);
  const next = lineEnd + 2;
  switch (String.fromCharCode(buffer[start]!)) {
    case '+':
      return { reply: new RedisStatus(line), end: next };
    case '-':
      return { reply: new RedisFailure(line), end: next };
    case ':':
      return { reply: Number.isSafeInteger(Number(line)) ? Number(line) : BigInt(line), end: next };
    case '$': {
      const length = Number(line);
      if (length < 0) return { reply: null, end: next };
      if (buffer.length < next + length + 2) return undefined;
      return { reply: buffer.toString('utf8', next, next + length), end: next + length + 2 };
    }
    default: {
      const replies: RedisReply[] = [];
      let end = next;
      for (let i = 0; i < Number(line); i++) {
        const parsed = parse(buffer, end);
        if (!parsed) return undefined;
        replies.push(parsed.reply);
        end = parsed.end;
      }
      return { reply: Number(line) < 0 ? null : replies, end };
    }
  }
}
