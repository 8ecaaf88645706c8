// Attack: dispatches a message event of its own to the worker, as if the page had sent it
// Ends: error
// Says: Line 4
globalThis.dispatchEvent(new globalThis.MessageEvent('message', { data: '{"kind":"load","run":"x"}' }));

export class TtlCache {}
