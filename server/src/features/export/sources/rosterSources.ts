import type { Actor } from '@hotline/shared/actor'
import { weekdayOf } from '@hotline/shared/calendar/day'
import type { Cell } from '@hotline/shared/export/cell'
import { ROSTER_POSTS, RosterQuery, type RosterDay } from '@hotline/shared/roster/roster'
import type { z } from 'zod'
import { parse } from '../../../platform/http/validate'
import type { RosterReader } from '../../roster/rosterReader'
import { column, rowsOf, words, type ExportSource } from '../exportSource'

const text = column('text')
const WEEKDAYS = '日一二三四五六'
type Query = z.output<typeof RosterQuery>

/** 值班表 and 巡查记录 of a time: two months have fewer rows than are kept in a file, so no telephone lies in one here. */
export function createRosterSources(roster: Pick<RosterReader, 'days'>): Record<'roster' | 'patrols', ExportSource> {
  const table = (query: Query, actor: Actor, cellsOf: (day: RosterDay) => Cell[][]) => {
    const items = async () => (await roster.days(query, actor)).flatMap(cellsOf)
    return {
      count: async (most: number) => Math.min(most, (await items()).length),
      rows: () => rowsOf(items(), (cells) => cells),
    }
  }
  const titleOf = (name: string, { from, to }: Query) => `${name}（${from} 至 ${to}）`

  return {
    roster(actor, asked) {
      const query = parse(RosterQuery, asked)
      return {
        title: titleOf('值班表', query),
        columns: [
          text('日期', 12),
          text('星期', 8),
          text('岗位', 12),
          text('板块', 20),
          text('姓名', 12),
          text('职务', 20),
          text('电话', 18),
          text('起', 8),
          text('止', 8),
        ],
        ...table(query, actor, dutyCells),
      }
    },
    patrols(actor, asked) {
      const query = parse(RosterQuery, asked)
      return {
        title: titleOf('巡查记录', query),
        columns: [
          column('moment')('巡查时间', 17),
          text('巡查地点', 28),
          text('巡查情况', 60),
          text('移交', 28),
          text('记录人', 12),
        ],
        ...table(query, actor, patrolCells),
      }
    },
  }
}

function dutyCells({ day, duties }: RosterDay): Cell[][] {
  return duties.map(({ post, section, name, title, phone, from, to }) => [
    day,
    `周${WEEKDAYS[weekdayOf(day)] ?? ''}`,
    ROSTER_POSTS[post],
    section ?? null,
    name,
    title ?? null,
    phone ?? null,
    from,
    to,
  ])
}

function patrolCells({ patrols }: RosterDay): Cell[][] {
  return patrols.map(({ at, place, found, handedTo, byName }) => [
    new Date(at),
    place,
    words(found),
    words(handedTo),
    byName,
  ])
}
