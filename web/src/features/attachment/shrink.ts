const LARGE_BYTES = 1024 * 1024
const LONGEST_SIDE = 2560

/** A telephone's photograph is many megabytes: on a slow line it goes smaller. What cannot be drawn goes as it is. */
export async function shrunk(file: File): Promise<File> {
  if (file.size <= LARGE_BYTES || !/^image\/(jpeg|png|webp)$/.test(file.type)) return file
  try {
    const picture = await createImageBitmap(file)
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(picture.width * scale)
    canvas.height = Math.round(picture.height * scale)
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.close()
    const bytes = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.86))
    if (!bytes || bytes.size >= file.size) return file
    return new File([bytes], file.name.replace(/\.\w{1,5}$/, '.jpg'), { type: bytes.type })
  } catch {
    return file
  }
}
