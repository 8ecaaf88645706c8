/** The browser's link: a worker in a frame of opaque origin. Removing the frame ends the worker, whatever it does. */
import { frameDocument } from './program.ts';
import type { FromFrame, ToFrame } from './protocol.ts';
import type { Link, OpenLink } from './session.ts';

/** A living frame answers at once, even when its worker loops: only a dead or a starved one is silent that long. */
const silenceMs = 300;

export const openFrame: OpenLink = (program, listener) =>
  new Promise<Link>((resolve) => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.title = 'Sandbox';
    frame.hidden = true;
    frame.srcdoc = frameDocument;

    const channel = new MessageChannel();
    const port = channel.port1;
    const tell = (message: ToFrame) => port.postMessage(message);
    let answerWhere: ((step: number | undefined) => void) | undefined;

    port.onmessage = ({ data }: MessageEvent<FromFrame>) => {
      if (data.kind === 'said') listener.said(data.text);
      else if (data.kind === 'error') listener.failed(data.message, data.line);
      else if (data.kind === 'breach') listener.breached(data.reason);
      else answerWhere?.(data.step);
    };

    frame.addEventListener(
      'load',
      () => {
        // The frame's origin is opaque, so it can't be named. Nothing else can be in the frame: it loads nothing.
        frame.contentWindow?.postMessage('port', '*', [channel.port2]);
        tell({ kind: 'start', program });
        resolve({
          say: (text) => tell({ kind: 'say', text }),
          where: () =>
            new Promise((answer) => {
              answerWhere = answer;
              setTimeout(() => answer(undefined), silenceMs);
              tell({ kind: 'where' });
            }),
          close: () => {
            port.onmessage = null;
            port.close();
            frame.remove();
          },
        });
      },
      { once: true },
    );
    document.body.append(frame);
  });
