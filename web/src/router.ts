import { ANY_EXPORT_ROLES } from '@hotline/shared/export/roles'
import { BOARD_ROLES, RISK_ROLES } from '@hotline/shared/board/view'
import { CALL_BOARD_ROLES } from '@hotline/shared/call/roles'
import { INSPECTED, INSPECTION_READERS } from '@hotline/shared/inspection/inspection'
import { KNOWLEDGE_READERS } from '@hotline/shared/knowledge/roles'
import { MEETING_READERS } from '@hotline/shared/meeting/meeting'
import { ROSTER_READERS } from '@hotline/shared/roster/roster'
import { ACCOUNT_ROLES, HOTLINE_ROLES, UNIT_ROLES, type Role } from '@hotline/shared/user/roles'
import { createRouter, createWebHistory, type RouteRecordRaw, type Router } from 'vue-router'
import { useSession } from './platform/session'

declare module 'vue-router' {
  interface RouteMeta {
    title: string
    /** Who may open it. Only for finding the way: the server decides what is shown. */
    roles?: readonly Role[]
    /** Open to everybody, without the house around it. */
    isBare?: boolean
  }
}

/** Whom some ticket may be visible to (shared/src/ticket/visibility.ts). */
const SEES_TICKETS: readonly Role[] = ACCOUNT_ROLES.filter(
  (role) => role !== 'administrator' && role !== 'knowledgeEditor',
)
const WATCHES: readonly Role[] = ['supervisor', 'director', 'cityLeader', 'shiftLead', 'inspector']

/** Where somebody's day begins: the first that fits, in this order. */
const HOMES: readonly (readonly [readonly Role[], string])[] = [
  [['agent'], '/intake'],
  [['dispatcher'], '/dispatch'],
  [['callbackOfficer'], '/callback'],
  [['supervisor'], '/risks'],
  [WATCHES, '/stats'],
  [['clerk', 'handler', 'unitLead', 'unitHead'], '/unit'],
  [['knowledgeEditor'], '/knowledge'],
  [['administrator', 'countyAdmin'], '/users'],
]

const routes: RouteRecordRaw[] = [
  { path: '/', component: () => import('./features/session/NotFoundPage.vue'), meta: { title: '首页' } },
  {
    path: '/sign-in',
    component: () => import('./features/session/SignInPage.vue'),
    meta: { title: '登录', isBare: true },
  },
  {
    path: '/password',
    component: () => import('./features/session/PasswordPage.vue'),
    meta: { title: '修改密码', isBare: true },
  },
  {
    path: '/intake',
    component: () => import('./features/intake/IntakePage.vue'),
    meta: { title: '话务台', roles: ['agent'] },
  },
  {
    path: '/dispatch',
    component: () => import('./features/dispatch/DispatchPage.vue'),
    meta: { title: '派单台', roles: ['dispatcher', 'director'] },
  },
  {
    path: '/unit',
    component: () => import('./features/unit/UnitPage.vue'),
    meta: { title: '承办单位', roles: UNIT_ROLES },
  },
  {
    path: '/callback',
    component: () => import('./features/callback/CallbackPage.vue'),
    meta: { title: '回访台', roles: ['callbackOfficer', 'supervisor', 'director'] },
  },
  {
    path: '/calls',
    component: () => import('./features/calls/CallsPage.vue'),
    meta: { title: '话务记录', roles: CALL_BOARD_ROLES },
  },
  {
    path: '/risks',
    component: () => import('./features/oversight/RiskBoardPage.vue'),
    meta: { title: '风险看板', roles: RISK_ROLES },
  },
  {
    path: '/risks/tickets',
    component: () => import('./features/oversight/ManyPage.vue'),
    meta: { title: '风险工单', roles: RISK_ROLES },
  },
  {
    path: '/supervisions',
    component: () => import('./features/oversight/SupervisionsPage.vue'),
    meta: { title: '督办跟踪', roles: BOARD_ROLES },
  },
  {
    path: '/oversight/tickets',
    component: () => import('./features/oversight/ManyPage.vue'),
    meta: { title: '督办台多选', roles: BOARD_ROLES },
  },
  {
    path: '/oversight',
    component: () => import('./features/oversight/OversightPage.vue'),
    meta: { title: '督办台', roles: ['supervisor', 'director', 'cityLeader'] },
  },
  {
    path: '/inspection',
    component: () => import('./features/inspection/InspectionPage.vue'),
    meta: { title: '双随机检查', roles: [...INSPECTION_READERS, ...INSPECTED] },
  },
  {
    path: '/meeting',
    component: () => import('./features/meeting/MeetingPage.vue'),
    meta: { title: '周例会', roles: MEETING_READERS },
  },
  {
    path: '/roster',
    component: () => import('./features/roster/RosterPage.vue'),
    meta: { title: '值班表', roles: ROSTER_READERS },
  },
  {
    path: '/knowledge',
    component: () => import('./features/knowledge/KnowledgePage.vue'),
    meta: { title: '知识库', roles: KNOWLEDGE_READERS },
  },
  {
    path: '/knowledge/:id',
    redirect: ({ params }) => ({ path: '/knowledge', query: { article: String(params.id) } }),
    meta: { title: '知识库' },
  },
  {
    path: '/tickets',
    component: () => import('./features/ticket/TicketListPage.vue'),
    meta: { title: '全部工单', roles: SEES_TICKETS },
  },
  {
    path: '/tickets/:id',
    component: () => import('./features/ticket/TicketPage.vue'),
    props: true,
    meta: { title: '工单', roles: SEES_TICKETS },
  },
  {
    path: '/tickets/:id/print',
    component: () => import('./features/ticket/print/PrintPage.vue'),
    props: true,
    meta: { title: '打印工单', roles: SEES_TICKETS, isBare: true },
  },
  {
    path: '/stats',
    component: () => import('./features/stats/StatsPage.vue'),
    meta: { title: '统计', roles: [...HOTLINE_ROLES, 'cityLeader'] },
  },
  {
    path: '/stats/tickets',
    component: () => import('./features/stats/StatsTicketsPage.vue'),
    meta: { title: '统计明细', roles: [...HOTLINE_ROLES, 'cityLeader'] },
  },
  {
    path: '/ratings',
    component: () => import('./features/rating/RatingsPage.vue'),
    meta: {
      title: '好差评',
      roles: ['supervisor', 'director', 'cityLeader', 'inspector', 'clerk', 'unitLead', 'unitHead', 'agent'],
    },
  },
  {
    path: '/exports',
    component: () => import('./features/export/ExportsPage.vue'),
    meta: { title: '我的导出', roles: ANY_EXPORT_ROLES },
  },
  {
    path: '/users',
    component: () => import('./features/user/UsersPage.vue'),
    meta: { title: '账号', roles: ['administrator', 'countyAdmin'] },
  },
  {
    path: '/settings/catalogue',
    component: () => import('./features/settings/catalogue/CataloguePage.vue'),
    meta: { title: '派单目录', roles: HOTLINE_ROLES },
  },
  {
    path: '/settings/duties',
    component: () => import('./features/settings/catalogue/DutyPage.vue'),
    meta: { title: '责任清单', roles: [...HOTLINE_ROLES, 'countyAdmin'] },
  },
  {
    path: '/settings/audit',
    component: () => import('./features/settings/audit/AuditPage.vue'),
    meta: { title: '审计查询', roles: ['administrator', 'director'] },
  },
  {
    path: '/settings/limits',
    component: () => import('./features/settings/limits/LimitsPage.vue'),
    meta: { title: '时限方案', roles: HOTLINE_ROLES },
  },
  {
    path: '/settings/calendar',
    component: () => import('./features/settings/calendar/CalendarPage.vue'),
    meta: { title: '工作日历', roles: HOTLINE_ROLES },
  },
  {
    path: '/settings/templates',
    component: () => import('./features/settings/templates/TemplatesPage.vue'),
    meta: { title: '常用语与模板', roles: [...SEES_TICKETS, 'knowledgeEditor'] },
  },
  {
    path: '/settings/notices',
    component: () => import('./features/settings/notices/CityNoticesPage.vue'),
    meta: { title: '公众公告', roles: ['director'] },
  },
  {
    path: '/settings/calls',
    component: () => import('./features/settings/calls/CallsPage.vue'),
    meta: { title: '话务接口', roles: ['administrator', 'director'] },
  },
  {
    path: '/settings/units',
    component: () => import('./features/settings/units/UnitsPage.vue'),
    meta: { title: '承办单位', roles: ['administrator', 'director'] },
  },
  {
    path: '/:rest(.*)*',
    component: () => import('./features/session/NotFoundPage.vue'),
    meta: { title: '没有这个页面' },
  },
]

export function homeOf(roles: readonly Role[]): string {
  return HOMES.find(([for_]) => for_.some((role) => roles.includes(role)))?.[1] ?? '/tickets'
}

/** Where somebody was going before he was asked for something else. */
function nextOf(path: string): { next?: string } {
  return path === '/' ? {} : { next: path }
}

export function createAppRouter(): Router {
  const router = createRouter({ history: createWebHistory(), routes })

  router.beforeEach(async (to) => {
    const session = useSession()
    // Without a line we stay where we are: App.vue says so and tries again.
    await session.restore().catch(() => undefined)
    const { user } = session
    if (to.path === '/sign-in') return user ? homeOf(user.roles) : true
    if (!user) return { path: '/sign-in', query: nextOf(to.fullPath) }
    if (user.mustChangePassword && to.path !== '/password') return { path: '/password', query: nextOf(to.fullPath) }
    if (to.path === '/') return homeOf(user.roles)
    return true
  })
  router.afterEach((to) => {
    document.title = `${to.meta.title} · 12345 热线`
  })
  return router
}
