/** The value below which `percent` of the samples lie (nearest rank), to a thousandth. */
export function percentile(samples: readonly number[], percent: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const rank = Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)
  return Math.round((sorted[rank] ?? 0) * 1000) / 1000
}
