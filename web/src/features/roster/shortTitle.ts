import { ROSTER_POSTS, type DutyView } from '@hotline/shared/roster/roster'

/** What somebody is on duty as, where there is little room: of a section, the section's name. */
export const shortTitle = ({ post, section }: DutyView) => (post === 'section' ? (section ?? '') : ROSTER_POSTS[post])
