import { limits } from '#protocol/limits.ts'

/** The connection's places for pushes in flight, which all documents share. */
export class PushPlaces {
  private inFlight = 0
  private readonly onFree: () => void

  constructor(onFree: () => void) {
    this.onFree = onFree
  }

  claim = (): boolean => {
    if (this.inFlight >= limits.pushesInFlight) return false
    this.inFlight += 1
    return true
  }

  release = () => {
    this.inFlight -= 1
    if (this.inFlight === limits.pushesInFlight - 1) this.onFree()
  }
}
