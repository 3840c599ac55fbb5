/** A piece of text: plain, or one that leads somewhere. */
export interface Segment {
  text: string
  href?: string
}

const CANDIDATE = /(?:https?:\/\/|mailto:|tel:)[^\s<>"'`，。；：！？、（）《》【】「」“”‘’]+/gi
const TRAILING = /[.,;:!?)\]}…]+$/

/** Finds the links in a text. Only http, https, mailto and tel ever become one. */
export function segments(text: string): Segment[] {
  const found: Segment[] = []
  let end = 0
  for (const match of text.matchAll(CANDIDATE)) {
    const raw = trimmed(match[0])
    const href = safeHref(raw)
    if (!href) continue
    if (match.index > end) found.push({ text: text.slice(end, match.index) })
    found.push({ text: raw, href })
    end = match.index + raw.length
  }
  if (end < text.length) found.push({ text: text.slice(end) })
  return found
}

/** A closing bracket belongs to the link only if it was opened in it. */
function trimmed(raw: string): string {
  const cut = raw.replace(TRAILING, '')
  return raw[cut.length] === ')' && cut.includes('(') && !cut.includes(')') ? cut + ')' : cut
}

export function safeHref(raw: string): string | undefined {
  try {
    const url = new URL(raw)
    if (url.protocol === 'http:' || url.protocol === 'https:') return url.hostname && !url.username ? url.href : undefined
    return (url.protocol === 'mailto:' || url.protocol === 'tel:') && url.pathname.length > 1 ? url.href : undefined
  } catch {
    return undefined
  }
}
