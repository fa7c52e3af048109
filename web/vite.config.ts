import vue from '@vitejs/plugin-vue'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vite'

const api = process.env.API_URL ?? 'http://127.0.0.1:12345'

export default defineConfig({
  plugins: [
    vue(),
    // Element Plus only, each component with its own CSS; ours are imported by name, so that a reader can follow them.
    components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
  ],
  server: {
    host: '127.0.0.1',
    port: Number(process.env.WEB_PORT ?? 5173),
    proxy: { '/api': { target: api }, '/socket.io': { target: api, ws: true } },
  },
  build: { outDir: 'dist', target: 'es2022', chunkSizeWarningLimit: 400 },
})
