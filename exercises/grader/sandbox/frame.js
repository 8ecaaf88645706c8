/**
 * The script of the sandboxed frame: it starts one worker and stands between it and the page. The worker's code is not trusted,
 * so what is not a short text, or comes too often, ends the worker here and never reaches the page.
 *
 * This text is written into the frame as it stands here; the page's policy names its hash (lab/setup/csp.mjs).
 */
(() => {
  const longestText = 400_000;
  const mostMessagesPerAsk = 5000;

  /** @type {MessagePort} */
  let page;
  /** @type {Worker | undefined} */
  let worker;
  let step = -1;
  let messages = 0;

  const breach = (/** @type {string} */ reason) => {
    if (!worker) return;
    worker.terminate();
    worker = undefined;
    page.postMessage({ kind: 'breach', reason });
  };

  const heard = (/** @type {unknown} */ data) => {
    if (!worker) return;
    messages += 1;
    if (messages > mostMessagesPerAsk)
      breach(`more than ${mostMessagesPerAsk} messages in answer to one question`);
    else if (typeof data === 'number') step = data;
    else if (typeof data !== 'string') breach('a message that is no text');
    else if (data.length > longestText) breach(`a message of ${data.length} characters`);
    else page.postMessage({ kind: 'said', text: data });
  };

  const start = (/** @type {string} */ program) => {
    const address = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
    worker = new Worker(address);
    worker.onmessage = (event) => heard(event.data);
    worker.onmessageerror = () => breach('a message that cannot be read');
    worker.onerror = (event) => {
      event.preventDefault();
      messages += 1;
      if (messages > mostMessagesPerAsk) breach('a flood of errors');
      else
        page.postMessage({
          kind: 'error',
          message: String(event.message).slice(0, 1000),
          line: Number(event.lineno) || 0,
        });
    };
  };

  const asked = (/** @type {MessageEvent} */ { data }) => {
    if (data.kind === 'start') start(data.program);
    else if (data.kind === 'where') page.postMessage({ kind: 'at', step });
    else if (data.kind === 'say' && worker) {
      messages = 0;
      step = -1;
      worker.postMessage(data.text);
    }
  };

  const met = (/** @type {MessageEvent} */ event) => {
    if (event.source !== parent || !event.ports[0]) return;
    removeEventListener('message', met);
    page = event.ports[0];
    page.onmessage = asked;
  };
  addEventListener('message', met);
})();
