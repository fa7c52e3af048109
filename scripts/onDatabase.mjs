import { enter } from './lib/entry.mjs'

enter(() => import('./commands/onDatabase.mjs'))
