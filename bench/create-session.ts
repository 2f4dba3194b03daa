/** A session, and the cookies of the visit that it belongs to. */
export type JoinableSession = { sessionId: string; cookie: string }

/** Makes an empty session as a browser does that has never been here. */
export async function createSession(url: string): Promise<JoinableSession> {
  const headers = { origin: url, 'x-flint': '1', 'content-type': 'application/json' }
  const made = await fetch(`${url}/api/sessions`, { method: 'POST', headers, body: JSON.stringify({ from: 'empty' }) })
  const { sessionId } = (await made.json()) as { sessionId: string }
  const cookie = made.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ')
  return { sessionId, cookie }
}
