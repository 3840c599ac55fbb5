import { describe, expect, it } from 'vitest'
import { Sequence } from '../src/link/sequence'

describe('the sequence', () => {
  it('takes each event once and in order', () => {
    const sequence = new Sequence()

    expect([1, 2, 2, 1, 3].map((seq) => sequence.receive(seq))).toEqual(['take', 'take', 'known', 'known', 'take'])
    expect(sequence.lastSeq).toBe(3)
  })

  it('notices a gap and does not jump over it', () => {
    const sequence = new Sequence()
    sequence.startAfter(7)

    expect(sequence.receive(9)).toBe('gap')
    expect(sequence.lastSeq).toBe(7)
    expect(sequence.receive(8)).toBe('take')
    expect(sequence.receive(9)).toBe('take')
  })
})
