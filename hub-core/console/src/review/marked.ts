import type { Held } from '../shared/api/types'

/** A piece of a text, and whether a filter stopped at it. */
export interface Piece {
  text: string
  found: boolean
}

type Place = Held['why']['found'][number]

/** The text of one part, cut where something was found in it. */
export function pieces(text: string, part: number, found: readonly Place[]): Piece[] {
  const inside = new Array<boolean>(text.length).fill(false)
  for (const one of found) {
    if (one.part === part) inside.fill(true, one.from, Math.min(one.to, text.length))
  }
  const cut: Piece[] = []
  for (let at = 0; at < text.length; at++) {
    const last = cut.at(-1)
    if (last && last.found === inside[at]) last.text += text[at]
    else cut.push({ text: text[at] ?? '', found: inside[at] ?? false })
  }
  return cut
}

/** Its words as they read when what was found is covered, a line for each part. */
export function covered(held: Held): string {
  return held.message.parts
    .map((part, index) => {
      const text = part.type === 'text' || part.type === 'menu' ? (part.text ?? '') : ''
      return pieces(text, index, held.why.found)
        .map((piece) => (piece.found ? '*'.repeat(piece.text.length) : piece.text))
        .join('')
    })
    .filter((text) => text !== '')
    .join('\n')
}

/** What may be proposed as allowed: the first thing that was found, as it was written. */
export function proposedLine(held: Held): string {
  for (const one of held.why.found) {
    const part = held.message.parts[one.part]
    if (part?.type === 'text' && one.to > one.from) return part.text.slice(one.from, one.to)
  }
  return ''
}
