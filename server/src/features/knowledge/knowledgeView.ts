import type { Actor } from '@hotline/shared/actor'
import type { Day } from '@hotline/shared/calendar/day'
import type { Matters } from '@hotline/shared/catalogue/matter'
import {
  validityOf,
  type KnowledgeArticle,
  type KnowledgeContent,
  type KnowledgeVersion,
} from '@hotline/shared/knowledge/article'
import { excerptOf } from '@hotline/shared/knowledge/rank'
import { knowledgeActsOf, maySeeWork } from '@hotline/shared/knowledge/rights'
import type {
  ArticleRow,
  ArticleView,
  ContentView,
  FeedbackView,
  KnowledgeHit,
  PublicKnowledge,
  VersionView,
} from '@hotline/shared/knowledge/view'
import type { Regions } from '@hotline/shared/region/region'
import type { By } from '@hotline/shared/ticket/ticket'
import type { UnitTree } from '@hotline/shared/unit/unit'
import type { FeedbackCounts, FeedbackRow } from './feedbackStore'
import type { ArticleRowDoc } from './knowledgeQueries'
import type { Hit } from './knowledgeSearch'

export interface Names {
  units: UnitTree
  matters: Matters
  regions: Regions
}

const NO_FEEDBACK: FeedbackCounts = { useful: 0, useless: 0, wrong: 0, open: 0 }

export type KnowledgePresenter = ReturnType<typeof createKnowledgePresenter>

export function createKnowledgePresenter({ units, matters, regions }: Names) {
  const person = ({ userId, name, unitId }: By) => ({ userId, name, unitId, unitName: units.name(unitId) })

  function content({ matterCodes, regionCodes, ...rest }: KnowledgeContent): ContentView {
    return {
      ...rest,
      unitName: units.name(rest.unitId),
      matters: matterCodes.map((code) => ({ code, name: matters.fullName(code) })),
      regions: regionCodes.map((code) => ({ code, name: regions.fullName(code) })),
    }
  }

  const versionHead = ({ version, author, reviewer, note, at }: Omit<KnowledgeVersion, 'content'>) => ({
    version,
    author: person(author),
    reviewer: person(reviewer),
    note,
    at: at.toISOString(),
  })

  return {
    article(
      article: KnowledgeArticle,
      actor: Actor,
      more: {
        versions: Omit<KnowledgeVersion, 'content'>[]
        feedback?: FeedbackCounts
        myVerdict?: FeedbackRow['verdict']
        today: Day
        days: readonly number[]
      },
    ): ArticleView {
      const { id, revision, state, current, work, log, uses } = article
      const seesWork = maySeeWork(article, actor, units)
      return {
        id,
        revision,
        state,
        ...(current
          ? {
              current: {
                ...versionHead(current),
                content: content(current.content),
                validity: validityOf(current.content, more.today, more.days),
              },
            }
          : {}),
        ...(work && seesWork
          ? {
              work: {
                status: work.status,
                content: content(work.content),
                author: person(work.author),
                note: work.note,
                at: work.at.toISOString(),
                submittedAt: work.submittedAt?.toISOString(),
                opinion: work.opinion && {
                  text: work.opinion.text,
                  at: work.opinion.at.toISOString(),
                  by: person(work.opinion.by),
                },
              },
            }
          : {}),
        versions: more.versions.map(versionHead),
        log: [...log].reverse().map((entry) => ({ ...entry, at: entry.at.toISOString(), by: person(entry.by) })),
        uses,
        feedback: more.feedback ?? NO_FEEDBACK,
        ...(more.myVerdict ? { myVerdict: more.myVerdict } : {}),
        can: knowledgeActsOf(article, actor, units),
      }
    },

    version(articleId: string, version: KnowledgeVersion, isCurrent: boolean): VersionView {
      return { ...versionHead(version), articleId, content: content(version.content), isCurrent }
    },

    row(
      doc: ArticleRowDoc,
      feedback: FeedbackCounts | undefined,
      actor: Actor,
      today: Day,
      days: readonly number[],
    ): ArticleRow {
      const { _id: id, state, current, uses, changedAt } = doc
      const work = maySeeWork(doc, actor, units) ? doc.work : undefined
      const shown = current?.content ?? work?.content
      return {
        id,
        question: shown?.question ?? '',
        unitName: shown ? units.name(shown.unitId) : '',
        state,
        version: current?.version,
        validity: current && validityOf(current.content, today, days),
        validUntil: shown?.validUntil,
        workStatus: work?.status,
        authorName: (work ?? current)?.author.name ?? '',
        at: changedAt.toISOString(),
        uses,
        openFeedback: feedback?.open ?? 0,
      }
    },

    hit({ article: { _id: id, current, uses }, score, reasons }: Hit, q: string): KnowledgeHit {
      const { question, answer, guidance, basis, unitId, validUntil } = current.content
      return {
        ...{ id, version: current.version, question, answer, guidance, basis, unitId, validUntil, uses },
        excerpt: excerptOf(answer, q),
        unitName: units.name(unitId),
        score: Math.round(score * 100) / 100,
        reason: reasons.join('；'),
      }
    },

    feedback(row: FeedbackRow, question: string): FeedbackView {
      const { _id: id, articleId, version, verdict, words, by, at, ticketId, settled } = row
      return {
        ...{ id, articleId, question, version, verdict, words, ticketId },
        by: person(by),
        at: at.toISOString(),
        settled: settled && { ...settled, by: person(settled.by), at: settled.at.toISOString() },
      }
    },

    forCitizens({ article: { _id: id, current } }: Hit): PublicKnowledge['items'][number] {
      const { question, answer, basis, unitId, validUntil } = current.content
      return { id, question, answer, basis, unitName: units.name(unitId), validUntil }
    },
  }
}
