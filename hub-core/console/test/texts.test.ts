import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

type Texts = { [key: string]: string | Texts }
const SOURCE = join(process.cwd(), 'src')
const files = readdirSync(SOURCE, { recursive: true }).map(String)
const folders = files.filter((file) => file.endsWith('texts/zh.json')).map((file) => file.replace('/texts/zh.json', ''))

const texts = (folder: string, language: string): Texts =>
  JSON.parse(readFileSync(join(SOURCE, folder, 'texts', `${language}.json`), 'utf8')) as Texts

const keys = (node: Texts, path = ''): string[] =>
  Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string' ? [path + key] : keys(value, `${path}${key}.`),
  )

const holes = (node: Texts, path = ''): string[] =>
  Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [...new Set(value.match(/\{\w+\}/g))].sort().map((hole) => `${path}${key} ${hole}`)
      : holes(value, `${path}${key}.`),
  )

const known = new Set(
  folders.flatMap((folder) => keys(texts(folder, 'en')).map((key) => `${folder.split('/').at(-1)}.${key}`)),
)

describe('the texts', () => {
  it.each(folders)('of %s are the same in both languages, with the same holes', (folder) => {
    expect(keys(texts(folder, 'zh'))).toEqual(keys(texts(folder, 'en')))
    expect(holes(texts(folder, 'zh'))).toEqual(holes(texts(folder, 'en')))
  })

  it('hold every key that a component names', () => {
    const missing: string[] = []
    for (const file of files.filter((name) => /\.(vue|ts)$/.test(name) && !name.endsWith('schema.ts'))) {
      const source = readFileSync(join(SOURCE, file), 'utf8')
      const calls = source.match(/\bt\([^)]*?['`][^'`]*['`]/g) ?? []
      const named = calls.flatMap((call) => [...call.matchAll(/'([a-z]+\.[\w.-]+)'/gi)].map((match) => match[1]!))
      missing.push(...named.filter((key) => !known.has(key)).map((key) => `${file}: ${key}`))
    }

    expect(missing).toEqual([])
  })
})
