/** Words in the place of a contribution's own, as the hub keeps them: a line each, such as `en.title = Ask us`. */
const LINE = /^\s*([A-Za-z-]+)\.([A-Za-z]+)\s*[=：:]\s*(\S.*?)\s*$/

interface Line {
  language: string
  name: string
  text: string
}

function lineOf(written: string): Line | undefined {
  const [, language, name, text] = LINE.exec(written) ?? []
  return language && name && text ? { language, name, text } : undefined
}

const isOf = (line: Line | undefined, language: string, name: string) =>
  line?.language === language && line.name === name

/** What was put in the place of one text; the last line counts. */
export function ownText(lines: string, language: string, name: string): string {
  return (
    lines
      .split('\n')
      .map(lineOf)
      .findLast((line) => isOf(line, language, name))?.text ?? ''
  )
}

/** How many texts of a language say something else. */
export function countOwn(lines: string, language: string): number {
  const names = lines.split('\n').flatMap((written) => {
    const line = lineOf(written)
    return line?.language === language ? [line.name] : []
  })
  return new Set(names).size
}

/** The lines with another text in that place, or with none; all others stay as they are. */
export function withText(lines: string, language: string, name: string, text: string): string {
  const others = lines.split('\n').filter((written) => written.trim() && !isOf(lineOf(written), language, name))
  const mine = text.trim().replace(/\s*\n\s*/g, ' ')
  return (mine ? [...others, `${language}.${name} = ${mine}`] : others).join('\n')
}
