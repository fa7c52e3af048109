import { randomUUID } from 'node:crypto'
import type { LimitList, ProfileView } from '@hotline/shared/limits/view'
import { createClient } from '../drill/client'
import { createPeople, type People } from '../drill/people'
import { stageConsoles } from './consoles'
import { stageProcedure, type Scenes } from './procedure'
import { stage } from './stage'

/** What the pictures show: names of tickets and people on a staged database. */
export interface Scene {
  no: string
  queryCode: string
  /** Who has the ticket. */
  clerk: string
  procedure: Scenes
}

const PASSWORD = 'Hotline@12345'
const PATIENCE_MS = 30_000

/** A hotline with matters at each step, as its people would have left them. */
export async function makeScene(address: string): Promise<Scene> {
  const people: People = createPeople(createClient([address], PATIENCE_MS), PASSWORD)
  await callAtAnyHour(people)
  const { ticket, queryCode, clerk } = await stage(people)
  const procedure = await stageProcedure(people)
  await stageConsoles(people, address)
  return { no: ticket.no, queryCode, clerk, procedure }
}

/** Pictures are also taken at night, when nobody is called back. */
async function callAtAnyHour(people: People): Promise<void> {
  const { active, seq } = await people.get<LimitList>('director', '/api/limits')
  const { profile } = await people.get<ProfileView>('director', `/api/limits/${active.profile.id}`)
  const { id, version, ...content } = profile
  const note = '全天可以回访'
  const callback = { ...profile.callback, callingHours: ['00:00', '24:00'] }
  const body = { profile: { ...content, callback }, basedOn: version, note }
  const saved = await people.post<ProfileView>('director', `/api/limits/${id}/versions`, body, randomUUID())
  const choice = { id, version: saved.body.profile.version, basedOn: seq, note, isForOpen: false }
  await people.post('director', '/api/limits/apply', choice, randomUUID())
}

const NO = '371602261122000001'
/** For the list of the pictures alone. */
export const EXAMPLE: Scene = {
  no: NO,
  queryCode: 'ABC234',
  clerk: 'clerk@371602',
  procedure: {
    consulting: NO,
    concluded: NO,
    delegated: NO,
    suspensionAsked: NO,
    suspended: NO,
    terminationAsked: NO,
    supervised: NO,
    merged: NO,
    main: NO,
    duplicate: NO,
    needInfo: NO,
    appealed: NO,
  },
}
