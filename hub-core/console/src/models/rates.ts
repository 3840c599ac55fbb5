import type { Prices, Rate } from '../shared/api/types'

/** A currency in which something has a price, or once had, and what it is worth now. */
export interface Worth {
  currency: string
  rate?: Rate
}

/** Every currency but that of the books, by name. */
export function worths({ currency, prices, rates }: Prices, now: Date): Worth[] {
  const names = new Set([...prices, ...rates].map((one) => one.currency).filter((name) => name !== currency))
  return [...names].sort().map((name) => {
    const rate = rates
      .filter((one) => one.currency === name && new Date(one.validFrom) <= now)
      .sort((one, other) => Date.parse(one.validFrom) - Date.parse(other.validFrom))
      .at(-1)
    return { currency: name, ...(rate ? { rate } : {}) }
  })
}
