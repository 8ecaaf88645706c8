/** Part of every fingerprint and share link: raise it when the same scenario and seed would give another run. */
export const ENGINE_VERSION = '1.0.0';
