import { nextTick } from 'vue'
import { createRouter, createWebHistory, type RouteRecordRaw, type Router } from 'vue-router'
import HomePage from './HomePage.vue'

const progress = () => import('./progress/ProgressPage.vue')

const routes: RouteRecordRaw[] = [
  { path: '/public', component: HomePage, meta: { title: '首页' } },
  { path: '/public/submit', redirect: '/public/submit/what' },
  {
    path: '/public/submit/:step(what|where|who|check)',
    component: () => import('./submit/SubmitPage.vue'),
    props: true,
    meta: { title: '我要反映' },
  },
  { path: '/public/done', component: () => import('./submit/DonePage.vue'), meta: { title: '已提交' } },
  { path: '/public/urge', redirect: { path: '/progress', query: { for: 'urge' } } },
  { path: '/public/rate', redirect: { path: '/progress', query: { for: 'rate' } } },
  { path: '/progress', component: progress, meta: { title: '查进度' } },
  { path: '/public/:rest(.*)*', redirect: '/public' },
  { path: '/progress/:rest(.*)*', redirect: '/progress' },
]

export function createPublicRouter(): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  })
  router.afterEach(async (to, from) => {
    document.title = `${to.meta.title} · 12345 热线`
    // Whoever hears the page instead of seeing it is told that it is another one; not when it first opens.
    if (from.matched.length === 0) return
    await nextTick()
    focusHeading()
  })
  return router
}

/** To the heading of what has just appeared. */
export function focusHeading(within: ParentNode = document): void {
  within.querySelector<HTMLElement>('h1, [data-heading]')?.focus({ preventScroll: true })
}
