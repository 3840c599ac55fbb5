import type { NewPrice, Price } from '../shared/api/types'

/** What a million tokens of each kind costs, in the order in which they are shown. */
export const KINDS = ['input', 'output', 'cachedInput', 'reasoning', 'cacheWrite5m', 'cacheWrite1h'] as const
export type Kind = (typeof KINDS)[number]
/** Those that cost what others cost where nothing is said. */
export const LIKE: Partial<Record<Kind, Kind>> = {
  cachedInput: 'input',
  cacheWrite5m: 'input',
  cacheWrite1h: 'input',
  reasoning: 'output',
}
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Day = (typeof DAYS)[number]
export const FEES = ['multiplier', 'perRequest', 'perSecond'] as const
/** What the fees are where nothing is said. */
export const USUAL_FEES = { multiplier: '1', perRequest: '0', perSecond: '0' }
/** How many tiers and windows a price may have. */
export const MOST_ROWS = 20

export type PerMillion = Record<Kind, string>
export type TierForm = PerMillion & { id: number; above: string }
export interface WindowForm {
  id: number
  name: string
  days: Day[]
  from: string
  to: string
  zone: string
  factor: string
}

/** A price while it is written: texts as they stand in the fields. */
export interface PriceForm extends PerMillion, Record<(typeof FEES)[number], string> {
  provider: string
  model: string
  /** One a line. */
  aliases: string
  currency: string
  tiers: TierForm[]
  tierRule: 'whole' | 'part'
  windows: WindowForm[]
  /** Absent for from now on, and for until further notice. */
  validFrom: Date | undefined
  validTo: Date | undefined
  source: string
  /** Such as 2026-11-25; empty where nobody looked. */
  checkedOn: string
}

let rows = 0
const perMillion = (from: Partial<PerMillion> = {}): PerMillion =>
  Object.fromEntries(KINDS.map((kind) => [kind, from[kind] ?? ''])) as PerMillion

export const newTier = (): TierForm => ({ id: ++rows, above: '', ...perMillion() })

export const newWindow = (): WindowForm => ({
  id: ++rows,
  name: '',
  days: [...DAYS],
  from: '',
  to: '',
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  factor: '',
})

/** Empty for what is as usual, so that only what somebody wrote stands in the form. */
const said = (text: string | undefined, usual: string) => (text === undefined || text === usual ? '' : text)

/**
 * What a form begins with.
 *
 * @param from a price that it takes over; what it says of a time that is still to come stays
 * @param today such as 2026-11-25
 */
export function formOf(from: Partial<Price>, currency: string, now: Date, today: string): PriceForm {
  const toCome = (at: string | undefined) => (at && new Date(at) > now ? new Date(at) : undefined)
  return {
    ...perMillion(from),
    provider: from.provider ?? '',
    model: from.model ?? '',
    aliases: (from.aliases ?? []).join('\n'),
    currency: from.currency ?? currency,
    tiers: (from.tiers ?? []).map((tier) => ({ ...newTier(), ...perMillion(tier), above: String(tier.above) })),
    tierRule: from.tierRule ?? 'whole',
    windows: (from.windows ?? []).map((one) => ({
      ...newWindow(),
      ...one,
      days: one.days ?? [...DAYS],
      zone: one.zone ?? 'UTC',
    })),
    multiplier: said(from.multiplier, USUAL_FEES.multiplier),
    perRequest: said(from.perRequest, USUAL_FEES.perRequest),
    perSecond: said(from.perSecond, USUAL_FEES.perSecond),
    validFrom: toCome(from.validFrom),
    validTo: toCome(from.validTo),
    source: from.source ?? '',
    checkedOn: today,
  }
}

const MOST = 1_000_000
/** Whether somebody wrote a price or a factor that the hub takes. */
export const isDecimal = (text: string) => /^\d{1,7}(\.\d{1,12})?$/.test(text.trim()) && Number(text) <= MOST
const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(text.trim())
const lines = (text: string) => text.split('\n').flatMap((line) => line.trim() || [])

export type PriceMistake =
  'required' | 'decimal' | 'tokens' | 'twice' | 'days' | 'time' | 'currency' | 'aliases' | 'over'

/** What can be told without asking the hub, by the hub's names of the fields. */
export function mistakesIn(form: PriceForm): Record<string, PriceMistake> {
  const found: Record<string, PriceMistake> = {}
  const look = (field: string, fine: boolean, mistake: PriceMistake) => {
    if (!fine) found[field] = mistake
  }
  const lookAtPrices = (place: string, prices: PerMillion) => {
    for (const kind of KINDS)
      look(place + kind, isDecimal(prices[kind]) || (kind in LIKE && !prices[kind].trim()), 'decimal')
  }
  look('provider', form.provider.trim() !== '', 'required')
  look('model', form.model.trim() !== '', 'required')
  look('aliases', lines(form.aliases).length <= MOST_ROWS, 'aliases')
  look('currency', /^[a-z]{3}$/i.test(form.currency.trim()), 'currency')
  lookAtPrices('', form)
  const begun = new Set<number>()
  form.tiers.forEach((tier, at) => {
    const above = /^\d{1,12}$/.test(tier.above.trim()) ? Number(tier.above) : 0
    look(`tiers.${at}.above`, above > 0, 'tokens')
    if (above > 0) look(`tiers.${at}.above`, !begun.has(above), 'twice')
    begun.add(above)
    lookAtPrices(`tiers.${at}.`, tier)
  })
  form.windows.forEach((one, at) => {
    look(`windows.${at}.name`, one.name.trim() !== '', 'required')
    look(`windows.${at}.days`, one.days.length > 0, 'days')
    look(`windows.${at}.from`, isTime(one.from), 'time')
    look(`windows.${at}.to`, isTime(one.to), 'time')
    look(`windows.${at}.factor`, isDecimal(one.factor), 'decimal')
  })
  for (const fee of FEES) look(fee, !form[fee].trim() || isDecimal(form[fee]), 'decimal')
  look('validTo', !form.validTo || form.validTo > (form.validFrom ?? new Date(0)), 'over')
  return found
}

/** What was written, without what was left empty. */
const written = <K extends string>(fields: Record<K, string>): Partial<Record<K, string>> =>
  Object.fromEntries(
    Object.entries<string>(fields).flatMap(([name, text]) => (text.trim() ? [[name, text.trim()]] : [])),
  ) as Partial<Record<K, string>>

const pricesOf = (from: PerMillion) => ({
  ...written(perMillion(from)),
  input: from.input.trim(),
  output: from.output.trim(),
})

/** What the hub is told of a form without mistakes. */
export function bodyOf(form: PriceForm): NewPrice {
  const { multiplier, perRequest, perSecond, source, checkedOn } = form
  return {
    provider: form.provider.trim(),
    model: form.model.trim(),
    aliases: lines(form.aliases),
    currency: form.currency.trim().toUpperCase(),
    ...pricesOf(form),
    tiers: form.tiers.map((tier) => ({ above: Number(tier.above), ...pricesOf(tier) })),
    tierRule: form.tierRule,
    windows: form.windows.map(({ name, days, from, to, zone, factor }) => ({
      name: name.trim(),
      days: DAYS.filter((day) => days.includes(day)),
      from: from.trim(),
      to: to.trim(),
      zone: zone.trim() || 'UTC',
      factor: factor.trim(),
    })),
    ...written({ multiplier, perRequest, perSecond, source, checkedOn }),
    ...(form.validFrom ? { validFrom: form.validFrom.toISOString() } : {}),
    ...(form.validTo ? { validTo: form.validTo.toISOString() } : {}),
  }
}
