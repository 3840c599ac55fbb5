import type { DeskModelRules, ModelRules, ModelRulesChange } from '../shared/api/types'

/** The numbers that hold for all desks, each by the name that the hub calls it by. */
export const NUMBERS = [
  'customers.turnsIn30Seconds',
  'customers.turnsInAnHour',
  'retries.attempts',
  'retries.percent',
  'hedge.callsPercent',
  'hedge.spendPercent',
  'bodyDays',
] as const
export type Numbers = Record<(typeof NUMBERS)[number], number>

/** For how many days questions and answers are kept where nobody has said. */
const USUAL_BODY_DAYS = 30

export const numbersOf = ({ customers, retries, hedge, bodyDays }: ModelRules): Numbers => ({
  'customers.turnsIn30Seconds': customers.turnsIn30Seconds,
  'customers.turnsInAnHour': customers.turnsInAnHour,
  'retries.attempts': retries.attempts,
  'retries.percent': retries.percent,
  'hedge.callsPercent': hedge.callsPercent,
  'hedge.spendPercent': hedge.spendPercent,
  bodyDays: bodyDays ?? USUAL_BODY_DAYS,
})

/** The rules with other numbers for all desks. */
export function withNumbers(rules: ModelRules, numbers: Numbers, hedges: boolean): ModelRulesChange {
  return {
    customers: {
      turnsIn30Seconds: numbers['customers.turnsIn30Seconds'],
      turnsInAnHour: numbers['customers.turnsInAnHour'],
    },
    usualDesk: rules.usualDesk,
    desks: rules.desks,
    retries: { attempts: numbers['retries.attempts'], percent: numbers['retries.percent'] },
    hedge: {
      on: hedges,
      callsPercent: numbers['hedge.callsPercent'],
      spendPercent: numbers['hedge.spendPercent'],
    },
    bodyDays: numbers.bodyDays,
  }
}

const same = ({ managedBy: _file, ...rules }: ModelRules): ModelRulesChange => rules

export const withUsualDesk = (rules: ModelRules, wanted: DeskModelRules): ModelRulesChange => ({
  ...same(rules),
  usualDesk: wanted,
})

export const withDesk = (rules: ModelRules, key: string, wanted: DeskModelRules): ModelRulesChange => ({
  ...same(rules),
  desks: { ...rules.desks, [key]: wanted },
})

/** The rules in which a desk has none of its own. */
export function withoutDesk(rules: ModelRules, key: string): ModelRulesChange {
  const { [key]: _gone, ...desks } = rules.desks
  return { ...same(rules), desks }
}
