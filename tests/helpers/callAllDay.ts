import type { LimitList, ProfileView } from '@hotline/shared/limits/view'
import { ok, type House } from './desk'

/** The city calls at any hour: a journey by the real clock must not depend on the hour at which it runs. */
export async function callAllDay({ signIn }: Pick<House, 'signIn'>, more: { attempts?: number } = {}): Promise<void> {
  const director = await signIn('director')
  const { active, seq } = ok(await director.get('/api/limits')) as LimitList
  const { profile } = ok(await director.get(`/api/limits/${active.profile.id}`)) as ProfileView
  const { id, version, ...content } = profile
  const callback = { ...profile.callback, ...more, callingHours: ['00:00', '24:00'] }
  const note = '全天可以回访'
  const body = { profile: { ...content, callback }, basedOn: version, note }
  const saved = ok(await director.post(`/api/limits/${id}/versions`, body)) as ProfileView
  const choice = { id, version: saved.profile.version, basedOn: seq, note, isForOpen: false }
  ok(await director.post('/api/limits/apply', choice))
}
