import type { LimitProfile } from '@hotline/shared/limits/profile'
import { onActivated, shallowRef, type ShallowRef } from 'vue'
import { onResync } from '../../platform/live'
import { callbackApi } from './callbackApi'

/** How often, how far apart and when one calls, by the city's profile; nothing is said before it is known. */
export function useCallRules(): Readonly<ShallowRef<LimitProfile | undefined>> {
  const profile = shallowRef<LimitProfile>()
  async function load(): Promise<void> {
    profile.value = await callbackApi.profile().catch(() => profile.value)
  }
  void load()
  onActivated(load)
  onResync(load)
  return profile
}
