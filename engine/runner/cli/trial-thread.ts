/** Trials behind Comlink, in a thread of Node. */
import { workerData, type MessagePort } from 'node:worker_threads';
import { expose, type Endpoint } from 'comlink';
import { TrialSession } from '../trial-session.ts';
import { nodeWall } from './node-wall.ts';

const { port } = workerData as { port: MessagePort };
expose(new TrialSession(nodeWall), port as unknown as Endpoint);
