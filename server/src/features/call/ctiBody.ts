import { AppError } from '@hotline/shared/error'
import busboy from 'busboy'
import express, { type RequestHandler } from 'express'

const MOST_FIELDS = 100
const FIELD_BYTES = 2000

/** Exchanges send JSON, forms or multipart forms: each becomes the body. JSON has been read before. */
export const readCtiBody: RequestHandler[] = [
  express.urlencoded({ extended: false, limit: '64kb', parameterLimit: MOST_FIELDS }),
  (req, _res, next) => {
    if (!req.is('multipart/form-data')) {
      next()
      return
    }
    const fields: Record<string, string | string[]> = {}
    const broken = (cause: unknown) => next(new AppError('invalidInput', '表单格式不正确', undefined, { cause }))
    let form: busboy.Busboy
    try {
      const limits = { fields: MOST_FIELDS, fieldSize: FIELD_BYTES, files: 0, parts: MOST_FIELDS }
      form = busboy({ headers: req.headers, limits })
    } catch (error) {
      broken(error)
      return
    }
    form.on('field', (name, value) => {
      const before = fields[name]
      fields[name] = before === undefined ? value : [before, value].flat()
    })
    form.on('error', broken)
    form.on('close', () => {
      req.body = fields
      next()
    })
    req.pipe(form)
  },
]
