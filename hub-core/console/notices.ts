import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

interface Package {
  name: string
  version: string
  license?: string
  homepage?: string
}

/** Writes THIRD-PARTY.txt into the output: name, version and licence of every package that a chunk contains. */
export function notices(): Plugin {
  return {
    name: 'third-party-notices',
    apply: 'build',
    generateBundle(_, bundle) {
      const folders = new Set<string>()
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue
        for (const id of Object.keys(file.modules)) {
          const folder = packageFolder(id)
          if (folder) folders.add(folder)
        }
      }
      const sections = [...folders].map(section).sort()
      this.emitFile({
        type: 'asset',
        fileName: 'THIRD-PARTY.txt',
        source: `The console contains parts of these packages.\n\n${sections.join('\n')}`,
      })
    },
  }
}

function packageFolder(id: string): string | undefined {
  const path = id.replaceAll('\0', '').split('?')[0] ?? ''
  const at = path.lastIndexOf('/node_modules/')
  if (at < 0) return undefined
  const names = path.slice(at + '/node_modules/'.length).split('/')
  const name = names[0]?.startsWith('@') ? names.slice(0, 2).join('/') : names[0]
  return name ? join(path.slice(0, at), 'node_modules', name) : undefined
}

function section(folder: string): string {
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Package
  const title = `${about.name} ${about.version} (${about.license ?? 'see below'})`
  return `${title}\n${'='.repeat(title.length)}\n${licenceText(folder) ?? `Licence: ${about.license ?? 'unknown'}`}\n`
}

/** The licence file of the package, or of the package it was released with. */
function licenceText(folder: string): string | undefined {
  if (!existsSync(dirname(folder))) return undefined
  const file = readdirSync(folder)
    .filter((name) => /^licen[cs]e/i.test(name))
    .sort()[0]
  return file ? readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim() : undefined
}
