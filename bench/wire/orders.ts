/** What the bench asks of a contender, and what comes back. Times are `process.hrtime` in ns, which processes share. */
export type Order = { prompt: string }
export type Outcome = { ok: true; cpuUs: number; characters: number; firstAtNs: string } | { ok: false; problem: string }

/** Streams one answer into a sink that counts its characters. */
export type Contender = (prompt: string) => Promise<{ characters: number; firstAtNs: bigint }>

export const model = 'gpt-oss-120b'
