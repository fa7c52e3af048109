import './platform/randomUuid'
import { createApp } from 'vue'
import PublicApp from './features/public/PublicApp.vue'
import { createPublicRouter } from './features/public/publicRouter'
import './theme.css'
import './features/public/public.css'

createApp(PublicApp).use(createPublicRouter()).mount('#app')
