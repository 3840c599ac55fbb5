/** More than this is for a setting of type file; a form that long would be slow, and the hub takes no larger one. */
export const LARGEST = 150_000

/** Older lists are written in the national encoding. */
export function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** The lines that are in a list already, followed by those of a file that are not. */
export function merged(list: string, file: string): { text: string; added: number; known: number } {
  const mine = list.split(/\r?\n/).filter((line) => line.trim())
  const known = new Set(mine.map((line) => line.trim()))
  const theirs = file
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
  const fresh = [...new Set(theirs)].filter((line) => !known.has(line))
  return { text: [...mine, ...fresh].join('\n'), added: fresh.length, known: theirs.length - fresh.length }
}
