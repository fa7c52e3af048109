import { AppError } from '@hotline/shared/error'
import type { SessionUser, SignedIn } from '@hotline/shared/user/account'
import type { Role } from '@hotline/shared/user/roles'
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { clearDrafts } from './drafts'
import { api, holdToken, refresh, whenSignedOut } from './http'
import { startLive, stopLive } from './live'

/** Says only that a refresh cookie may be there, so that a first visit need not ask, and tells other tabs of a sign-out. */
const MARK = 'hotline.session'

/** Who sits in front of the screen. */
export const useSession = defineStore('session', () => {
  const user = ref<SessionUser>()
  /** Set when the session ended by itself, for the sign-in page to say so. */
  const hasExpired = ref(false)

  function begin(signedIn: SignedIn): void {
    holdToken(signedIn)
    user.value = signedIn.user
    hasExpired.value = false
    localStorage.setItem(MARK, signedIn.user.id)
    // The server answers such a one nothing else yet.
    if (!signedIn.user.mustChangePassword) startLive()
  }

  function end(): void {
    holdToken(undefined)
    stopLive()
    user.value = undefined
  }

  async function signIn(username: string, password: string): Promise<void> {
    begin(await api.post<SignedIn>('/api/auth/sign-in', { username, password }))
  }

  /** @throws AppError invalidInput with the field that is wrong, tooMany */
  async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
    await api.post('/api/me/password', { currentPassword, newPassword })
    if (user.value) user.value = { ...user.value, mustChangePassword: undefined }
    // The token of before is dead. If the line breaks just now, the next request asks for a new one by itself.
    await refresh().then(begin, () => undefined)
  }

  /** Drafts go too: the next person at this desk must not find them. */
  async function signOut(): Promise<void> {
    const id = user.value?.id
    await api.post('/api/auth/sign-out').catch(() => undefined)
    localStorage.removeItem(MARK)
    end()
    if (id) clearDrafts(id)
  }

  let restoring: Promise<void> | undefined
  /** Once at start: the refresh cookie brings the session back. @throws AppError unavailable */
  function restore(): Promise<void> {
    restoring ??= (async () => {
      if (!localStorage.getItem(MARK)) return
      try {
        begin(await refresh())
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'unavailable') {
          restoring = undefined
          throw error
        }
        localStorage.removeItem(MARK)
      }
    })()
    return restoring
  }

  const has = (...roles: readonly Role[]) =>
    roles.some((role) => (user.value?.roles as Role[] | undefined)?.includes(role))

  whenSignedOut(() => {
    if (!user.value) return
    hasExpired.value = true
    localStorage.removeItem(MARK)
    end()
  })
  addEventListener('storage', ({ key, newValue }) => {
    if (key === MARK && user.value && newValue !== user.value.id) end()
  })

  return { user, hasExpired, signIn, changePassword, signOut, restore, has }
})
