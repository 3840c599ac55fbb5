import type { Contribution } from '../shared/api/types'

export type Field = Contribution['settings'][number]
export type Mistake = 'required' | 'number' | 'duration'

/** Whether it is asked for, given what is in the other fields. */
export function isAsked(field: Field, fields: readonly Field[], values: Record<string, string>): boolean {
  const when = field.onlyWhen
  if (!when) return true
  const other = fields.find((one) => one.key === when.key)
  return (values[when.key] || other?.defaultValue) === when.value
}

const NUMBER = /^[+-]?\d+$/
const SHORT = /^\d{1,9}\s*(ms|s|m|h|d)$/
const ISO = /^[+-]?P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/i

/** What can be told about a value without asking the hub. */
export function mistakeIn(field: Field, value: string, isSet: boolean): Mistake | undefined {
  const text = value.trim()
  if (text === '') return field.required && !isSet ? 'required' : undefined
  if (field.type === 'number' && !NUMBER.test(text)) return 'number'
  if (field.type === 'duration' && !SHORT.test(text) && !ISO.test(text)) return 'duration'
  return undefined
}

const KEY = /^[a-z][a-z0-9_-]{0,59}$/
export const isKey = (key: string) => KEY.test(key)

/** A short name that is free, made from what the instance is made of. */
export function freeKey(contribution: string, taken: ReadonlySet<string>): string {
  const base = contribution.replace(/[^a-z0-9_-]/g, '_').slice(0, 50)
  for (let number = 1; ; number++) {
    const key = number === 1 ? base : `${base}_${number}`
    if (!taken.has(key)) return key
  }
}
