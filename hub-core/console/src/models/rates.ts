import type { Prices, Rate } from '../shared/api/types'

/** A currency in which something has a price, or once had, and what it is worth now. */
export interface Worth {
  currency: string
  rate?: Rate
  /** What it was worth before and will be worth later, the latest first. */
  others: Rate[]
}

const began = ({ validFrom }: Rate) => Date.parse(validFrom)

/** Every currency but that of the books, by name. */
export function worths({ currency, prices, rates }: Prices, now: Date): Worth[] {
  const names = new Set([...prices, ...rates].map((one) => one.currency).filter((name) => name !== currency))
  return [...names].sort().map((name) => {
    const all = rates.filter((one) => one.currency === name).sort((one, other) => began(other) - began(one))
    const rate = all.find((one) => began(one) <= now.getTime())
    return { currency: name, ...(rate ? { rate } : {}), others: all.filter((one) => one !== rate) }
  })
}
