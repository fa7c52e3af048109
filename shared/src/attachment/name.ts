const NAME_MAX = 100
/** Of control characters and of those that turn the direction of writing: `photo‮gpj.exe`. */
// eslint-disable-next-line no-control-regex -- it is these that are taken out
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** A file's name as we keep it: without folders and unseen characters, and ending as its bytes are. */
export function safeName(given: string, extension: string): string {
  const base = (given.split(/[/\\]/).at(-1) ?? '')
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(/["<>|:*?]/g, '_')
    .trim()
  const stem = base
    .replace(/\.[^.]{1,5}$/, '')
    .replace(/^\.+/, '')
    .trim()
  const short = Array.from(stem).slice(0, NAME_MAX).join('')
  return `${short || '附件'}.${extension}`
}
