/** A piece of a text: the same in both, only in the old one, or only in the new one. */
export interface Piece {
  kind: 'same' | 'gone' | 'new'
  text: string
}

/** Beyond this many comparisons, what differs is shown as one piece for another. */
const MOST = 1_000_000

/** Words of alphabets whole, everything else sign by sign, as people read it. */
const tokens = (text: string) =>
  [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)]
    .map(({ segment }) => segment)
    .reduce<string[]>((all, sign) => {
      const last = all.at(-1)
      if (last !== undefined && WORD.test(sign) && WORD.test(last)) all[all.length - 1] = last + sign
      else all.push(sign)
      return all
    }, [])
const WORD = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hangul}\p{M}]+$/u

/** What became of a text, in reading order; a piece that is gone stands before what came in its place. */
export function diff(before: string, after: string): Piece[] {
  const [a, b] = [tokens(before), tokens(after)]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const pieces: Piece[] = []
  const add = (kind: Piece['kind'], text: string) => {
    const last = pieces.at(-1)
    if (last?.kind === kind) last.text += text
    else if (text) pieces.push({ kind, text })
  }
  add('same', a.slice(0, start).join(''))
  middle(a.slice(start, a.length - end), b.slice(start, b.length - end), add)
  add('same', a.slice(a.length - end).join(''))
  return pieces
}

/** By the longest row of tokens that both have. */
function middle(a: string[], b: string[], add: (kind: Piece['kind'], text: string) => void): void {
  if (a.length * b.length > MOST) {
    add('gone', a.join(''))
    add('new', b.join(''))
    return
  }
  const width = b.length + 1
  const longest = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number) => longest[i * width + j]!
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  let i = 0
  let j = 0
  let fresh = ''
  const flush = () => {
    add('new', fresh)
    fresh = ''
  }
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      flush()
      add('same', a[i]!)
      i++
      j++
    } else if (i < a.length && (j === b.length || at(i + 1, j) >= at(i, j + 1))) add('gone', a[i++]!)
    else fresh += b[j++]
  }
  flush()
}
