import { defineConfig } from 'vite'

/** The demo shop that carries the widget. */
export default defineConfig({
  root: 'demo',
  base: '/widget/',
  publicDir: false,
  build: {
    outDir: '../../src/main/resources/widget',
    emptyOutDir: false,
    assetsDir: 'app',
    modulePreload: false,
    assetsInlineLimit: 0,
    target: 'es2022',
    rollupOptions: {
      input: 'demo/shop.html',
      output: {
        entryFileNames: 'app/shop-[hash:8].js',
        assetFileNames: 'app/[name]-[hash:8][extname]'
      }
    }
  }
})
