import type { AnsweringRule, AnsweringRuleGroup, AnsweringRulesChange } from '../shared/api/types'

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const
const TIME = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/

/** In what a time is written here: in that of the usual one, in seconds where that is shorter. */
type TimeUnit = 's' | 'm' | 'h'

export function timeUnit(rule: AnsweringRule): TimeUnit | undefined {
  if (rule.unit !== 'time') return undefined
  const unit = TIME.exec(rule.usual)?.[2]
  return unit === 'm' || unit === 'h' ? unit : 's'
}

/** A value of the hub's as it is written in a field, whose unit stands beside it. */
export function written(rule: AnsweringRule, value: string): string {
  const unit = timeUnit(rule)
  const [, number, its] = TIME.exec(value) ?? []
  if (!unit || !number || !its) return value
  return String((Number(number) * UNITS[its as keyof typeof UNITS]) / UNITS[unit])
}

/** What a field says, as the hub reads it; what is no number goes as it is, for the hub to say what is expected. */
export function sent(rule: AnsweringRule, text: string): string {
  const unit = timeUnit(rule)
  const trimmed = text.trim()
  return unit && /^\d+(\.\d+)?$/.test(trimmed) ? trimmed + unit : trimmed
}

/** What the fields of a group say; those that are as usual are empty. */
export const fieldsOf = (group: AnsweringRuleGroup): Record<string, string> =>
  Object.fromEntries(group.rules.map((rule) => [rule.name, rule.value === rule.usual ? '' : written(rule, rule.value)]))

/** All rules as they are now, but for one group, which is as its fields say. */
export function withFields(
  groups: AnsweringRuleGroup[],
  name: string,
  fields: Record<string, string>,
): AnsweringRulesChange {
  const change: AnsweringRulesChange = {}
  for (const group of groups) {
    const its: Record<string, string> = {}
    for (const rule of group.rules) {
      const text = group.name === name ? (fields[rule.name] ?? '') : ''
      if (group.name !== name && rule.value !== rule.usual) its[rule.name] = rule.value
      if (text.trim()) its[rule.name] = sent(rule, text)
    }
    if (Object.keys(its).length) change[group.name] = its
  }
  return change
}
