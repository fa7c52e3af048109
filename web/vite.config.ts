import vue from '@vitejs/plugin-vue'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import components from 'unplugin-vue-components/vite'
import { isPublicPath } from '../shared/src/public/paths.ts'
import { defineConfig, type Plugin } from 'vite'

const api = process.env.API_URL ?? 'http://127.0.0.1:12345'

/** As the server does it: citizens get a small page of their own. */
const publicPages: Plugin = {
  name: 'public-pages',
  configureServer({ middlewares }) {
    middlewares.use((req, _res, next) => {
      if (req.headers.accept?.includes('text/html') && isPublicPath(req.url?.split('?')[0] ?? ''))
        req.url = '/public.html'
      next()
    })
  },
}

export default defineConfig({
  plugins: [
    vue(),
    publicPages,
    // Element Plus only, each component with its own CSS; ours are imported by name, so that a reader can follow them.
    components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
  ],
  server: {
    host: '127.0.0.1',
    port: Number(process.env.WEB_PORT ?? 5173),
    proxy: { '/api': { target: api }, '/socket.io': { target: api, ws: true } },
  },
  build: {
    outDir: 'dist',
    target: 'es2022',
    chunkSizeWarningLimit: 400,
    // What every page loads, for the budget of the first load.
    manifest: true,
    rolldownOptions: { input: ['index.html', 'public.html'] },
  },
})
