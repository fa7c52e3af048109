/** Number and query code as a picture, for who writes nothing down. Drawn here: nothing of it goes anywhere. */
export async function drawCard(lines: { title: string; no: string; code: string; note: string }): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = 900
  canvas.height = 560
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('no canvas')
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const font = style.getPropertyValue('--font').trim()
  const write = (text: string, y: number, size: number, ink: string, weight = 400) => {
    pen.font = `${weight} ${size}px ${font}`
    pen.fillStyle = colour(ink)
    pen.fillText(text, 60, y, canvas.width - 120)
  }
  pen.fillStyle = colour('--surface')
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.fillStyle = colour('--brand')
  pen.fillRect(0, 0, canvas.width, 16)
  write('12345', 110, 64, '--brand', 700)
  write(lines.title, 165, 30, '--ink-2')
  write('工单编号', 240, 30, '--ink-2')
  write(lines.no, 295, 48, '--ink', 600)
  write('查询码', 365, 30, '--ink-2')
  write(lines.code, 430, 60, '--ink', 700)
  write(lines.note, 505, 26, '--ink-2')
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
  )
}
