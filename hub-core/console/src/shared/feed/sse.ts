/** One server-sent event. */
export interface Frame {
  event: string
  data: string
  id?: string
}

/**
 * Cuts a stream of text into server-sent events. Holds the unfinished end until the next piece comes.
 * A reader of our own, because the browser's EventSource cannot be given a Last-Event-ID nor tell a 401 from a cut line.
 */
export class FrameReader {
  private rest = ''

  push(text: string): Frame[] {
    const blocks = (this.rest + text).replaceAll('\r\n', '\n').split('\n\n')
    this.rest = blocks.pop() ?? ''
    return blocks.map(frameOf).filter((frame) => frame !== undefined)
  }
}

function frameOf(block: string): Frame | undefined {
  const frame: Frame = { event: 'message', data: '' }
  const data: string[] = []
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':')
    if (colon === 0) continue
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') frame.event = value
    else if (field === 'data') data.push(value)
    else if (field === 'id') frame.id = value
  }
  if (data.length === 0) return undefined
  frame.data = data.join('\n')
  return frame
}
