import './platform/randomUuid'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { holdPresses } from './platform/heldPress'
import { createAppRouter } from './router'
import './theme.css'

holdPresses()
createApp(App).use(createPinia()).use(createAppRouter()).mount('#app')
