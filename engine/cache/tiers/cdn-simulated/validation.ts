/** Validation on both sides of a cache (RFC 9111, section 4.3): our validators towards the origin, the client's towards us. */
import { dateOf, etagMatches, type Fields, type HttpRequest, type HttpResponse } from './http.ts';
import type { StoredResponse } from './stored-response.ts';

const CLIENT_CONDITIONS = ['if-none-match', 'if-modified-since'];

/** The request as it goes on: with our validators in place of the client's, so that a whole response can be stored. */
export function validating(request: HttpRequest, stored: StoredResponse | undefined): HttpRequest {
  const headers: Record<string, string> = { ...request.headers };
  for (const name of CLIENT_CONDITIONS) delete headers[name];
  if (stored?.etag !== undefined) headers['if-none-match'] = stored.etag;
  const modified = stored?.response.headers['last-modified'];
  if (modified !== undefined) headers['if-modified-since'] = modified;
  return { ...request, headers };
}

/** The stored response with its present Age (section 5.1). */
export const aged = (stored: StoredResponse, nowMs: number): HttpResponse => ({
  ...stored.response,
  headers: { ...stored.response.headers, age: String(Math.max(0, Math.floor(stored.ageMs(nowMs) / 1000))) },
});

/** 304 when the client has it already (section 4.3.2), no body for HEAD, else the response. */
export function deliver(request: HttpRequest, response: HttpResponse): HttpResponse {
  if (response.status === 200 && clientHas(request.headers ?? {}, response.headers))
    return { status: 304, headers: response.headers, body: '' };
  return request.method === 'HEAD' ? { ...response, body: '' } : response;
}

function clientHas(asked: Fields, got: Fields): boolean {
  const ifNoneMatch = asked['if-none-match'];
  if (ifNoneMatch !== undefined) return etagMatches(ifNoneMatch, got['etag']);
  const since = dateOf(asked['if-modified-since']);
  const modified = dateOf(got['last-modified']);
  return since !== undefined && modified !== undefined && modified <= since;
}
