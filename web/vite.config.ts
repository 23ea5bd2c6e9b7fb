// How the console is built. The result must run under `default-src 'self'` and under any path prefix, so nothing is
// inlined and every address inside the bundle is relative.
import { defineConfig } from 'vite';

const server = process.env.DAYTWO_URL ?? 'http://127.0.0.1:9420';

export default defineConfig({
  base: './',
  publicDir: 'public',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: true,
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': server, '/-': server } },
});
