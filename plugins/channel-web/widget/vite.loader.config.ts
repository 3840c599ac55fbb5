import { defineConfig } from 'vite'

/** The loader: one classic script that a customer's site names in a script tag. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: '../src/main/resources/widget',
    emptyOutDir: false,
    target: 'es2019',
    lib: { entry: 'src/loader/widget.ts', formats: ['iife'], name: 'hubChatLoader', fileName: () => 'widget.js' }
  }
})
