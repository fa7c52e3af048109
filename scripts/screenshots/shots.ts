import { dayOf } from '@hotline/shared/calendar/day'
import { choose, click, clickAndRead, goTo, openProgress, press, submitUpTo, typeCall, type Act } from './acts'
import type { Scene } from './scene'

export type Size = 'desk' | 'phone'
export interface Shot {
  name: string
  /** Nobody: a page for everybody. */
  username?: string
  path: string
  /** What is done on the page before. */
  act?: Act
  /** Both, unless what is done makes sense in one of them only. */
  sizes?: readonly Size[]
}

const DESK = ['desk'] as const
const PHONE = ['phone'] as const

/** Every page of the routers, each role's desks, and the states that matter. A page without one fails the unit tests. */
export function shots(scene: Scene): Shot[] {
  const { no, clerk, procedure, queryCode } = scene
  const today = dayOf(new Date())
  const ticket = (name: string, username: string, its: string): Shot => ({
    name: `ticket-${name}`,
    username,
    path: `/tickets/${its}`,
  })
  return [
    { name: 'sign-in', path: '/sign-in' },
    ...publicShots(no, queryCode),

    { name: 'intake', username: 'agent1', path: '/intake' },
    { name: 'intake-typed', username: 'agent1', path: '/intake', act: typeCall, sizes: DESK },
    { name: 'dispatch', username: 'dispatcher1', path: '/dispatch' },
    ...['returnReview', 'extensionReview', 'consulting', 'hotlineReview'].map((desk): Shot => ({
      name: `dispatch-${desk}`,
      username: 'dispatcher1',
      path: '/dispatch',
      act: choose(desk),
      sizes: DESK,
    })),
    ...['suspensionReview', 'terminationReview'].map((desk): Shot => ({
      name: `dispatch-${desk}`,
      username: 'director',
      path: '/dispatch',
      act: choose(desk),
      sizes: DESK,
    })),
    { name: 'unit', username: clerk, path: '/unit' },
    { name: 'unit-handling', username: clerk, path: '/unit', act: choose('handling') },
    { name: 'unit-invited', username: 'clerk@371600-SW', path: '/unit?desk=invited' },
    { name: 'callback', username: 'callback1', path: '/callback' },
    { name: 'callback-supervisor', username: 'supervisor1', path: '/callback', sizes: DESK },
    { name: 'calls', username: 'shiftlead', path: '/calls' },
    { name: 'calls-agents', username: 'shiftlead', path: '/calls', act: click('show-agents') },
    { name: 'risks', username: 'supervisor1', path: '/risks' },
    { name: 'risks-tickets', username: 'supervisor1', path: '/risks/tickets?risk=soon' },
    { name: 'supervisions', username: 'supervisor1', path: '/supervisions?state=answered' },
    { name: 'oversight-tickets', username: 'supervisor1', path: '/oversight/tickets?desk=supervising' },
    { name: 'inspection', username: 'inspector', path: '/inspection' },
    { name: 'inspection-rounds', username: 'supervisor1', path: '/inspection?desk=rounds' },
    { name: 'meeting', username: 'supervisor1', path: '/meeting' },
    { name: 'roster', username: 'supervisor1', path: '/roster' },
    { name: 'knowledge', username: 'dispatcher1', path: '/knowledge' },
    { name: 'knowledge-editor', username: 'knowledge', path: '/knowledge' },
    { name: 'oversight', username: 'supervisor1', path: '/oversight' },
    { name: 'oversight-leader', username: 'cityleader', path: '/oversight', act: choose('supervising'), sizes: DESK },

    { name: 'tickets', username: 'director', path: '/tickets' },
    { name: 'tickets-empty', username: 'director', path: '/tickets?q=没有这样的事情', sizes: DESK },
    { name: 'tickets-columns', username: 'director', path: '/tickets', act: click('columns'), sizes: DESK },
    {
      name: 'tickets-export',
      username: 'director',
      path: '/tickets',
      act: clickAndRead('export-tickets'),
      sizes: DESK,
    },
    { name: 'tickets-views', username: 'director', path: '/tickets', act: clickAndRead('manage-views'), sizes: DESK },
    { name: 'exports', username: 'director', path: '/exports' },
    ticket('handling', 'director', no),
    ticket('consulting', 'dispatcher1', procedure.consulting),
    ticket('suspended', 'director', procedure.suspended),
    ticket('delegated', 'clerk@371602', procedure.delegated),
    ticket('merged', 'dispatcher1', procedure.main),
    ticket('supervised', 'supervisor1', procedure.supervised),
    ticket('appealed', 'supervisor1', procedure.appealed),
    { name: 'print', username: 'director', path: `/tickets/${no}/print` },
    { name: 'ticket-missing', username: 'director', path: '/tickets/371602260101000009', sizes: DESK },

    { name: 'stats', username: 'director', path: '/stats' },
    {
      name: 'stats-tickets',
      username: 'director',
      path: `/stats/tickets?measure=received&part=numerator&from=${today}&to=${today}`,
    },
    { name: 'ratings', username: 'director', path: '/ratings' },
    { name: 'ratings-agent', username: 'agent1', path: '/ratings', sizes: DESK },
    { name: 'users', username: 'admin', path: '/users' },
    { name: 'settings-catalogue', username: 'director', path: '/settings/catalogue' },
    { name: 'settings-duties', username: 'director', path: '/settings/duties' },
    { name: 'settings-audit', username: 'director', path: '/settings/audit' },
    { name: 'settings-limits', username: 'director', path: '/settings/limits' },
    { name: 'settings-calendar', username: 'director', path: '/settings/calendar' },
    { name: 'settings-templates', username: 'clerk@371602', path: '/settings/templates' },
    { name: 'settings-notices', username: 'director', path: '/settings/notices' },
    { name: 'settings-calls', username: 'director', path: '/settings/calls' },
    { name: 'settings-units', username: 'director', path: '/settings/units' },

    { name: 'keys', username: 'dispatcher1', path: '/dispatch', act: press('?'), sizes: DESK },
    { name: 'go-to', username: 'supervisor1', path: '/stats', act: goTo('施工'), sizes: DESK },
    { name: 'bell', username: clerk, path: '/unit', act: click('bell') },
    { name: 'password', username: 'clerk@371602', path: '/password' },
    { name: 'not-found', username: 'director', path: '/nowhere', sizes: PHONE },
  ]
}

function publicShots(no: string, queryCode: string): Shot[] {
  return [
    { name: 'public', path: '/public' },
    ...(['what', 'where', 'who', 'check'] as const).map((step): Shot => ({
      name: `public-${step}`,
      path: `/public/submit/${step}`,
      act: submitUpTo(step),
    })),
    { name: 'public-done', path: '/public/done', act: submitUpTo('done') },
    { name: 'progress', path: `/progress?no=${no}` },
    { name: 'progress-open', path: `/progress?no=${no}`, act: openProgress(queryCode) },
  ]
}
