import { withManifest } from './moduleFile'

/** What goes to the hub as one file. */
export interface Whole {
  name: string
  content: () => Promise<Blob>
}

const MODULE = /\.wasm$/
const MANIFEST = /\.json$/

/** Puts each manifest into the module that came with it; one that came alone belongs to nothing. */
export function together(files: readonly File[]): { whole: Whole[]; alone: File[] } {
  const manifests = new Map(files.filter(({ name }) => MANIFEST.test(name)).map((file) => [file.name, file]))
  const whole = files
    .filter((file) => manifests.get(file.name) !== file)
    .map((file) => {
      const named = file.name.replace(MODULE, '.json')
      const manifest = manifests.get(named)
      manifests.delete(named)
      return { name: file.name, content: () => (manifest ? packed(file, manifest) : Promise.resolve(file)) }
    })
  return { whole, alone: [...manifests.values()] }
}

async function packed(module: File, manifest: File): Promise<Blob> {
  const [bytes, json] = await Promise.all([module.arrayBuffer(), manifest.arrayBuffer()])
  return new Blob([withManifest(new Uint8Array(bytes), new Uint8Array(json))])
}
