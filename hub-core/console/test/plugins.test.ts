import { describe, expect, it } from 'vitest'
import { effectScope, ref } from 'vue'
import { freeKey, isKey, mistakeIn, type Field } from '../src/instances/field'
import { latency } from '../src/instances/latency'
import { useOrdering } from '../src/instances/useOrdering'
import { earlier, progress } from '../src/plugins/activation'
import type { Activation, PluginVersion } from '../src/shared/api/types'

const activation = (taken: string[], outcome?: Activation['outcome']): Activation => ({
  id: 'a',
  plugin: 'filter-x',
  version: '1.0.0',
  hash: 'h',
  fileName: 'filter-x-1.0.0.jar',
  actor: 'hub',
  began: '2026-01-05T03:00:00Z',
  steps: taken.map((step) => ({ step, ms: 1 })) as Activation['steps'],
  ...(outcome ? { outcome } : {}),
})
const told = (one: Activation) => progress(one).map(({ step, at }) => `${step} ${at}`)

const field = (type: Field['type'], more: Partial<Field> = {}): Field => ({
  key: 'x',
  type,
  label: 'X',
  help: '',
  required: false,
  choices: [],
  choiceLabels: {},
  ...more,
})

const version = (number: string, more: Partial<PluginVersion> = {}): PluginVersion => ({
  hash: number,
  version: number,
  fileName: `filter-x-${number}.jar`,
  origin: 'folder',
  firstSeen: '2026-01-05T03:00:00Z',
  serving: false,
  served: true,
  asks: { hosts: [], files: false, secrets: false, abilities: [] },
  warnings: [],
  ...more,
})

describe('the version to go back to', () => {
  const now = version('1.4.0', { serving: true })

  it('is the latest that came before the one that serves and was good', () => {
    expect(earlier([version('1.5.0'), now, version('1.2.0'), version('1.1.0')])?.version).toBe('1.2.0')
  })

  it('is none that never served, was set aside or wants more than was agreed to', () => {
    const unapproved = { hosts: ['*'], files: false, secrets: false, abilities: [] }
    const bad = [
      version('1.3.2', { served: false }),
      version('1.3.1', { setAside: 'It gave no good answer.' }),
      version('1.3.0', { unapproved }),
    ]

    expect(earlier([now, ...bad, version('1.2.0')])?.version).toBe('1.2.0')
    expect(earlier([now, ...bad])).toBeUndefined()
  })

  it('is nothing while nothing serves', () => {
    expect(earlier([version('1.1.0'), version('1.0.0')])).toBeUndefined()
  })
})

describe('an activation', () => {
  it('shows what is done, what is under way and what is to come', () => {
    expect(told(activation(['copied', 'inspected']))).toEqual([
      'copied done',
      'inspected done',
      'loaded now',
      'cases ahead',
      'made ahead',
      'serving ahead',
      'drained ahead',
    ])
  })

  it('that was refused ends with the step that failed', () => {
    expect(told(activation(['copied'], 'refused'))).toEqual(['copied done', 'inspected failed'])
  })

  it('that serves shows no step that failed, though one of them was left out', () => {
    expect(told(activation(['copied', 'inspected', 'loaded', 'made', 'serving'], 'serving'))).not.toContainEqual(
      expect.stringContaining('failed'),
    )
  })
})

describe('a field', () => {
  it('that is required is missed, unless it is a secret that is set', () => {
    expect(mistakeIn(field('text', { required: true }), ' ', false)).toBe('required')
    expect(mistakeIn(field('secret', { required: true }), '', true)).toBeUndefined()
    expect(mistakeIn(field('text'), '', false)).toBeUndefined()
  })

  it('for a number or a duration takes what the hub takes', () => {
    expect(mistakeIn(field('number'), ' -5 ', false)).toBeUndefined()
    expect(mistakeIn(field('number'), '5.5', false)).toBe('number')
    expect(
      ['30s', '5 m', '250ms', 'PT1H30M', 'P1D', 'PT0.5S'].map((text) => mistakeIn(field('duration'), text, false)),
    ).toEqual(Array(6).fill(undefined))
    expect(['soon', '5', 'P', 'PT'].map((text) => mistakeIn(field('duration'), text, false))).toEqual(
      Array(4).fill('duration'),
    )
  })

  it('gets a key that is free and that the hub takes', () => {
    expect(freeKey('word-list', new Set())).toBe('word-list')
    expect(freeKey('web', new Set(['web', 'web_2']))).toBe('web_3')
    expect(isKey('web_3')).toBe(true)
    expect(isKey('3web')).toBe(false)
  })
})

describe('the order', () => {
  const told: string[][] = []
  const order = (...keys: string[]) =>
    effectScope().run(() =>
      useOrdering(
        () => keys,
        ref(),
        (now) => told.push(now),
      ),
    )!

  it('changes by one with a key, and not past an end', () => {
    expect(order('a', 'b', 'c').step('b', -1)).toBe(0)
    expect(told.pop()).toEqual(['b', 'a', 'c'])
    expect(order('a', 'b').step('b', 1)).toBeUndefined()
    expect(told).toEqual([])
  })
})

describe('a latency', () => {
  it('is told in the unit that people read', () => {
    expect([850, 12_400, 1_234_000].map(latency)).toEqual(['850 µs', '12 ms', '1.2 s'])
  })
})
