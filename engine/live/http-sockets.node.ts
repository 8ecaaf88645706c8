import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { ConnectionReset, type ConnectionPort } from './connection-port.ts';

/** Real TCP connections for a live pool in Node. Hosts are written `127.0.0.1:8080`; an IPv6 address stands in brackets. */
export const tcpSockets: ConnectionPort<Socket> = {
  connect(host, signal) {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(`http://${host}`);
      const socket = connect(Number(port || 80), hostname.replace(/^\[|\]$/g, ''));
      const leave = (): void => void socket.destroy(signal.reason as Error);
      signal.addEventListener('abort', leave, { once: true });
      socket.setNoDelay(true).once('error', reject);
      socket.once('connect', () => {
        signal.removeEventListener('abort', leave);
        socket.off('error', reject);
        // An idle socket may be reset; the close that follows says all there is to say.
        socket.on('error', () => {});
        resolve(socket);
      });
    });
  },
  close: (socket) => void socket.destroy(),
  onClosed(socket, heard) {
    // Its end is news already: nothing more will come, and what is written now meets a reset.
    socket.once('end', heard).once('close', heard);
    return () => void socket.off('end', heard).off('close', heard);
  },
};

export interface HttpAnswer {
  readonly status: number;
  readonly body: Buffer;
  /** The server keeps the connection open. */
  readonly reusable: boolean;
}

/**
 * One HTTP/1.1 exchange on a connection of `tcpSockets`.
 * @throws ConnectionReset (as a rejection) when the connection was gone before the first byte of an answer, other errors as they
 * come.
 */
export function exchange(
  socket: Socket,
  { method = 'GET', host, path, body }: { method?: string; host: string; path: string; body?: string },
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const readBefore = socket.bytesRead;
    const failed = (error: Error): void =>
      reject(socket.bytesRead === readBefore ? new ConnectionReset(error.message, { cause: error }) : error);
    if (socket.destroyed) return failed(new Error('the socket is closed'));
    const headers = {
      host,
      connection: 'keep-alive',
      ...(body && { 'content-length': Buffer.byteLength(body) }),
    };
    const outgoing = request({ method, path, headers, createConnection: () => socket }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.once('error', failed).once('end', () => {
        const reusable = answer.headers.connection?.toLowerCase() !== 'close';
        // Node lets go of the socket in a tick of its own.
        setImmediate(() => resolve({ status: answer.statusCode!, body: Buffer.concat(parts), reusable }));
      });
    });
    outgoing.once('error', failed).end(body);
  });
}
