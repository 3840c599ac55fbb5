import { languageTag } from '../shared/i18n/i18n'

/** How the hub counts money where it does not write it out: 10⁻⁹ of the currency. */
const NANO = 1e9

/** Shows an amount of the books; small ones keep two figures that say something. */
export function money(amount: string | number, currency: string, locale: string): string {
  const value = Number(amount)
  const size = Math.abs(value)
  const digits = size === 0 || size >= 1 ? 2 : Math.min(9, 1 - Math.floor(Math.log10(size)))
  return new Intl.NumberFormat(languageTag(locale), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: Math.min(2, digits),
    maximumFractionDigits: digits,
  }).format(value)
}

export const ofNanos = (nanos: number) => nanos / NANO

export function count(value: number, locale: string): string {
  return new Intl.NumberFormat(languageTag(locale), { notation: value >= 100_000 ? 'compact' : 'standard' }).format(
    value,
  )
}

export function milliseconds(value: number, locale: string): string {
  const seconds = value >= 1_000
  return new Intl.NumberFormat(languageTag(locale), {
    style: 'unit',
    unit: seconds ? 'second' : 'millisecond',
    unitDisplay: 'short',
    maximumFractionDigits: seconds ? 1 : 0,
  }).format(seconds ? value / 1_000 : value)
}

/** Whether somebody wrote an amount that the hub takes. */
export const isAmount = (text: string) => /^\d{1,9}(\.\d{1,9})?$/.test(text.trim())
