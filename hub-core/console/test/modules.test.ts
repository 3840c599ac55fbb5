import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withManifest } from '../src/plugins/moduleFile'
import { together } from '../src/plugins/wholeFiles'

const EXAMPLE = join(process.cwd(), '../../wasm-plugins/mask-words/mask-words.wasm')
const example = () => new Uint8Array(readFileSync(EXAMPLE))
const bytes = (text: string) => new TextEncoder().encode(text)
const compiled = (file: Uint8Array<ArrayBuffer>) => new WebAssembly.Module(file)
const manifests = (file: Uint8Array<ArrayBuffer>) =>
  WebAssembly.Module.customSections(compiled(file), 'kefuhub-manifest').map((one) => new TextDecoder().decode(one))
const file = (name: string, content: BlobPart = '') => new File([content], name)

describe('a module', () => {
  it('carries the manifest that it is given, and is otherwise what it was', () => {
    const long = JSON.stringify({ name: 'mask', description: '屏蔽'.repeat(20_000) })
    const packed = withManifest(example(), bytes(long))

    expect(manifests(packed)).toEqual([long])
    expect(packed.subarray(0, example().length)).toEqual(example())
    expect(WebAssembly.Module.exports(compiled(packed))).toEqual(WebAssembly.Module.exports(compiled(example())))
  })

  it('has one manifest however often it is given one', () => {
    const once = withManifest(example(), bytes('{"name":"one"}'))

    expect(manifests(withManifest(once, bytes('{"name":"two"}')))).toEqual(['{"name":"two"}'])
  })

  it('that is none, or half of one, stays as it is', () => {
    for (const broken of [bytes('#!/bin/sh and more'), example().slice(0, 500), new Uint8Array()])
      expect(withManifest(broken, bytes('{}'))).toBe(broken)
  })
})

describe('files that come together', () => {
  it('are one where a manifest lies beside its module, in whatever order', async () => {
    const { whole, alone } = together([
      file('mask.json', '{"name":"mask"}'),
      file('other.jar'),
      file('mask.wasm', example()),
      file('lonely.wasm', example()),
    ])

    expect(whole.map(({ name }) => name)).toEqual(['other.jar', 'mask.wasm', 'lonely.wasm'])
    expect(alone).toEqual([])
    const contents = await Promise.all(
      whole.map(async (one) => new Uint8Array(await (await one.content()).arrayBuffer())),
    )
    expect(manifests(contents[1]!)).toEqual(['{"name":"mask"}'])
    expect(manifests(contents[2]!)).toEqual([])
  })

  it('tell which manifest came without its module', () => {
    const { whole, alone } = together([file('notes.json'), file('mask.wasm')])

    expect(whole.map(({ name }) => name)).toEqual(['mask.wasm'])
    expect(alone.map(({ name }) => name)).toEqual(['notes.json'])
  })
})
