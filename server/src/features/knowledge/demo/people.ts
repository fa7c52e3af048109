import type { By } from '@hotline/shared/ticket/ticket'
import type { UserStore } from '../../user/userStore'
import type { SeedPeople } from './seed'
import { DRAFTS } from './drafts'

/** The demo's own accounts; nobody where they are not. */
export async function demoPeople(users: Pick<UserStore, 'findByUsername'>): Promise<SeedPeople | undefined> {
  const names = ['knowledge', 'director', ...DRAFTS.map(({ author }) => author)]
  const known = new Map<string, By>()
  for (const username of new Set(names)) {
    const user = await users.findByUsername(username)
    if (user) known.set(username, { userId: user._id, name: user.name, unitId: user.unitId })
  }
  const [keeper, reviewer] = [known.get('knowledge'), known.get('director')]
  return keeper && reviewer && { keeper, reviewer, authorOf: (username) => known.get(username) }
}
