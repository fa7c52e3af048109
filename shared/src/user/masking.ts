/** What stands on a screen instead of contact data, and the one spelling of a number that equality search relies on. */

const PHONE_IN_TEXT =
  /(?<!\d)(?:(?:\+?86[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}|0\d{2,3}[-\s]?\d{7,8}|[48]00[-\s]?\d{3}[-\s]?\d{4})(?!\d)/g
const ID_IN_TEXT = /(?<![\dA-Za-z])\d{6}(?:18|19|20)\d{9}[\dXx](?![\dA-Za-z])|(?<![\dA-Za-z])\d{15}(?![\dA-Za-z])/g
const FULL_WIDTH_RUN = /[０-９][０-９\s－-]{5,}[０-９]/g
const GROUPED_RUN = /(?<![\d*])\d(?:[\s.·-]?\d){6,}(?![\d*])/g
const LONG_DIGITS_IN_TEXT = /(?<!\d)\d{7,}(?!\d)/g

function toHalfWidth(text: string): string {
  return text.replace(/[！-～]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ')
}

/** Counted up with every change of `normalizePhone`: hashes of numbers that were made before are then made anew. */
export const PHONE_SPELLING = 2

/**
 * One spelling of a telephone number: digits only, without the country code. `+86 138-0000-0000` and `１３８００００００００`
 * become `13800000000`, `0543-3161234` and `+86 543 3161234` become `05433161234`; a mobile that an exchange spells with the
 * trunk's zero is the same mobile. An empty string when there is no digit.
 */
export function normalizePhone(text: string): string {
  const digits = toHalfWidth(text).replace(/\D/g, '')
  return digits
    .replace(/^(?:0086|86)(?=1[3-9]\d{9}$|0\d{9,11}$)/, '')
    .replace(/^(?:0086|86)(?=10\d{8}$|[2-9]\d{8,10}$)/, '0')
    .replace(/^0(?=1[3-9]\d{9}$)/, '')
}

/** Mobile (11 digits), landline with area code, or a service number such as 400. */
export function isPhone(text: string): boolean {
  const digits = normalizePhone(text)
  return (
    /^1[3-9]\d{9}$/.test(digits) ||
    /^0\d{9,11}$/.test(digits) ||
    /^[48]00\d{7}$/.test(digits) ||
    /^\d{7,8}$/.test(digits)
  )
}

/** `138****0000`; a landline keeps its area code and last two digits. Never longer a secret than four known digits less. */
export function maskPhone(phone: string): string {
  const digits = normalizePhone(phone)
  if (digits.length === 0) return ''
  if (/^1\d{10}$/.test(digits)) return `${digits.slice(0, 3)}****${digits.slice(-4)}`
  const area = /^0(?:10|2\d|[3-9]\d{2})/.exec(digits)?.[0]
  if (area && digits.length > area.length + 4) {
    const rest = digits.slice(area.length)
    return `${area}-${'*'.repeat(rest.length - 2)}${rest.slice(-2)}`
  }
  return digits.length <= 4 ? '*'.repeat(digits.length) : `${'*'.repeat(digits.length - 2)}${digits.slice(-2)}`
}

/** The family name and stars: `张**`. Stars are always two, so that the length says nothing. */
export function maskName(name: string): string {
  const trimmed = name.trim()
  const first = [...trimmed][0]
  return first ? `${first}**` : ''
}

/** First six (the place, which the ticket shows anyway) and last one of an identity number. */
export function maskIdNumber(idNumber: string): string {
  const compact = toHalfWidth(idNumber).replace(/\s/g, '')
  if (compact.length < 8) return '*'.repeat(compact.length)
  return `${compact.slice(0, 6)}${'*'.repeat(compact.length - 7)}${compact.slice(-1)}`
}

/** Telephone and identity numbers inside free text are masked, in full-width digits too; every other character stays. */
export function maskText(text: string): string {
  return text
    .replace(FULL_WIDTH_RUN, toHalfWidth)
    .replace(ID_IN_TEXT, (id) => maskIdNumber(id))
    .replace(PHONE_IN_TEXT, (phone) => maskPhone(phone))
}

/**
 * The same where nobody must find out who speaks (匿名、保密): any longer number may be somebody's, whatever it is and
 * however it is grouped.
 */
export function maskEveryNumber(text: string): string {
  return maskText(text).replace(GROUPED_RUN, stars)
}

function stars(run: string): string {
  const withoutDate = run.replace(/^(?:19|20)\d{2}[-.]\d{1,2}[-.]\d{1,2}(?!\d)/, '')
  if (withoutDate.replace(/\D/g, '').length < 7) return run
  return `${run.slice(0, -2).replace(/\d/g, '*')}${run.slice(-2)}`
}

/** Removes runs of digits that may be telephone or identity numbers: what enters a search index or a log. */
export function dropNumbers(text: string): string {
  return text.replace(ID_IN_TEXT, ' ').replace(PHONE_IN_TEXT, ' ').replace(LONG_DIGITS_IN_TEXT, ' ')
}

const COMPOUND_SURNAMES =
  '欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|闾丘|令狐|百里|呼延|东郭|南门|西门|左丘|第五'
const SURNAME = new RegExp(`^(?:${COMPOUND_SURNAMES})`)
/** What people are called by behind their surname, the longest first. */
const AFTER_SURNAME =
  '先生|女士|小姐|太太|夫人|同志|师傅|老师|医生|大夫|主任|经理|老板|总|局长|科长|书记|校长|院长|律师|教授|工程师|大爷|大妈|大娘|大姐|大哥|大叔|大婶|阿姨|叔叔|奶奶|爷爷|伯伯|某某|某|姓'
const BEFORE_SURNAME = '老|小|阿'
/** What stands where a name should and is none. */
const NO_NAME = /^(?:匿名.*|保密|不详|未知|无|不愿透露|诉求人|来电人|群众|市民|居民|村民|业主|先生|女士|某某|某)$/
const GAP = '[\\s·・.]*'

/**
 * Takes a person's name out of free text: the name in full, however it is spaced, and its surname with whatever people
 * put to it (张先生、张女士、张某、老张). What kind of word stood there stays readable; whose it was does not.
 */
export function createNameMask(name: string | undefined): (text: string) => string {
  const whole = name?.normalize('NFKC').replace(/[\s·・.]/g, '') ?? ''
  const bare = whole.replace(new RegExp(`(?:${AFTER_SURNAME})$`), '') || whole
  if (bare === '' || NO_NAME.test(whole)) return (text) => text
  const surname = SURNAME.exec(bare)?.[0] ?? [...bare][0] ?? ''
  const spaced = [...bare].map(eitherWidth).join(GAP)
  const called = new RegExp(
    `${escaped(surname)}${GAP}(${AFTER_SURNAME})|(${BEFORE_SURNAME})${escaped(surname)}(?![\\p{L}\\p{N}])|(姓)${escaped(surname)}`,
    'gu',
  )
  const inFull = bare === surname ? undefined : new RegExp(spaced, 'giu')
  return (text) => {
    const masked = inFull ? text.replace(inFull, '***') : text
    return masked.replace(called, (_all, after?: string, ...before: string[]) =>
      after ? `*${after}` : `${before[0] ?? before[1]}*`,
    )
  }
}

/** The end of a text that was cut may hold the beginning of a name. */
export function dropCutName(text: string, name: string | undefined): string {
  const letters = [...(name?.replace(/\s/g, '') ?? '')]
  for (let length = letters.length - 1; length > 0; length -= 1) {
    const beginning = letters.slice(0, length).join('')
    if (text.endsWith(beginning)) return `${text.slice(0, -beginning.length)}*`
  }
  return text
}

/** `(` and `（` are the same to whoever typed a name. */
function eitherWidth(letter: string): string {
  const code = letter.charCodeAt(0)
  const isNarrow = letter.length === 1 && code > 0x20 && code < 0x7f
  return isNarrow ? `(?:${escaped(letter)}|${String.fromCharCode(code + 0xfee0)})` : escaped(letter)
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
