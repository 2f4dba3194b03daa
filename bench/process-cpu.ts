import { readFile } from 'node:fs/promises'

/** Linux counts processor time in hundredths of a second, whatever its kernel's own tick is. */
const ticksPerSecond = 100

/** User and system time that a process has taken so far, in seconds, without its children; NaN where there is no /proc. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The name, in parentheses, may hold spaces: fields are counted from behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}
