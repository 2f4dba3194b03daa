/** `next` if it is a path of this server, else `/`: a link to the password page must not lead elsewhere. */
export function localPath(next: string): string {
  const base = 'http://flint.invalid'
  if (!next.startsWith('/') || !URL.canParse(next, base)) return '/'
  const url = new URL(next, base)
  return url.origin === base ? url.pathname + url.search : '/'
}
