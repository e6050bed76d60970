/** Requests an address may make at once, and how many a second after that. */
const BURST = 600
const PER_SECOND = 60
/** What a request costs that turned out not to be allowed: guessing is slow. */
const FAILURE_COST = 30
const MAX_ADDRESSES = 10_000

export type RateLimit = {
  /** Seconds to wait, or 0 when the request may go on. */
  take: (address: string, now: number) => number
  punish: (address: string) => void
}

/** A bucket of tokens for each address; `now` in milliseconds. Addresses that are quiet again are forgotten. */
export function createRateLimit(): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return {
    take: (address, now) => {
      const bucket = buckets.get(address) ?? { tokens: BURST, at: now }
      const tokens = Math.min(BURST, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * PER_SECOND)
      if (buckets.size >= MAX_ADDRESSES && !buckets.has(address)) forgetQuiet(buckets, now)
      buckets.set(address, { tokens: tokens < 1 ? tokens : tokens - 1, at: now })
      return tokens < 1 ? Math.ceil((1 - tokens) / PER_SECOND) : 0
    },
    punish: (address) => {
      const bucket = buckets.get(address)
      if (bucket !== undefined) bucket.tokens -= FAILURE_COST
    },
  }
}

function forgetQuiet(buckets: Map<string, { tokens: number; at: number }>, now: number): void {
  const full = (BURST / PER_SECOND) * 1000
  for (const [address, { at }] of buckets) if (now - at > full) buckets.delete(address)
}
