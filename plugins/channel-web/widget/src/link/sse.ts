/** Cuts a stream of server-sent events into the data of its events. */
export class EventReader {
  private rest = ''
  private data: string[] = []

  /** Takes the next piece; returns what has become complete. */
  push(piece: string): string[] {
    const done: string[] = []
    const lines = (this.rest + piece).split(/\r\n|\n|\r(?!$)/)
    this.rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line === '') {
        if (this.data.length > 0) done.push(this.data.join('\n'))
        this.data = []
      } else if (line.startsWith('data:')) {
        this.data.push(line.slice(line[5] === ' ' ? 6 : 5))
      }
    }
    return done
  }
}
