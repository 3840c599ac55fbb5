import { defineConfig, type Plugin } from 'vite'
import { namedTexts } from './src/words/named'

/** Tells the hub's side what there is to be worded otherwise. */
const words: Plugin = {
  name: 'words',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'words.json', source: JSON.stringify(namedTexts, null, 1) + '\n' })
  }
}

/** The chat page, which the hub serves inside the iframe. */
export default defineConfig({
  base: '/widget/',
  publicDir: false,
  plugins: [words],
  build: {
    outDir: '../src/main/resources/widget',
    emptyOutDir: true,
    assetsDir: 'app',
    modulePreload: false,
    assetsInlineLimit: 0,
    target: 'es2022',
    rollupOptions: {
      input: 'frame.html',
      output: {
        entryFileNames: 'app/chat-[hash:8].js',
        assetFileNames: 'app/[name]-[hash:8][extname]'
      }
    }
  },
  test: { include: ['test/**/*.test.ts'] }
} as Parameters<typeof defineConfig>[0])
