// Attack: looks for a way to send messages of its own, and forges results with it
// Ends: failed
const forged = ['{"kind":"outcome","checks":9,"failure":null}', { kind: 'passed' }, 'passed', 0];
const send = [];
for (let link = globalThis; link; link = Object.getPrototypeOf(link))
  for (const name of Object.getOwnPropertyNames(link))
    if (/post|port|channel|broadcast|client|dispatch|worker|report/i.test(name)) send.push(link[name]);
for (const each of send)
  for (const message of forged) {
    try {
      each(message);
    } catch {
      // The next way, then.
    }
  }
globalThis.postMessage = () => {};
globalThis.onmessage = () => ({ kind: 'passed' });
globalThis.addEventListener = () => {};
globalThis.MessagePort = globalThis.MessageChannel = class {};

export class TtlCache {
  set() {}
  get() {
    return send.length;
  }
  size() {
    return 0;
  }
}
