import { createFlintPeer } from './flint-peer.ts'
import { createHocuspocusPeer } from './hocuspocus-peer.ts'
import type { Peer } from './peer.ts'
import { createYWebsocketPeer } from './y-websocket-peer.ts'

/** The peers that a list like `flint,hocuspocus` names, in its order; each is made only when it is asked for. */
export function peersNamed(list: string, { documents }: { documents: number }): { name: string; make: () => Promise<Peer> }[] {
  const makers: Record<string, () => Promise<Peer>> = {
    flint: () => createFlintPeer({ documents }),
    hocuspocus: createHocuspocusPeer,
    'y-websocket': createYWebsocketPeer,
  }
  return list.split(',').map((name) => {
    const make = makers[name]
    if (make === undefined) throw new Error(`--peers takes ${Object.keys(makers).join(', ')}, not ${name}`)
    return { name, make }
  })
}
